"use client";

import { Failure } from "@/components/shell/failure";

/** Inside the frame, so that the way to every other page stays. */
export default function ConsoleError({ error, retry }: { error: unknown; retry: () => void }) {
  return <Failure error={error} retry={retry} home="/overview" />;
}
