"use client";

import { Failure } from "@/components/shell/failure";

export default function ErrorPage({ error, retry }: { error: unknown; retry: () => void }) {
  return (
    <main id="main">
      <Failure error={error} retry={retry} home="/" />
    </main>
  );
}
