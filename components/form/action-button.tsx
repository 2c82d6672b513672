"use client";

import { type ComponentProps, useTransition } from "react";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toast";
import type { Result } from "@/lib/http/result";

/**
 * One press, one server action with fixed input, for example "Pause". A refusal is shown as a toast with its
 * request id; `onSuccess` gets the data. Ask first (alert-dialog) where it cannot be taken back.
 */
export function ActionButton<I, T>({
  action,
  input,
  onSuccess,
  ...rest
}: Omit<ComponentProps<typeof Button>, "onClick" | "pending" | "type"> & {
  action: (previous: Result<T> | null, input: I) => Promise<Result<T>>;
  input: I;
  onSuccess?: (data: T) => void;
}) {
  const [pending, startTransition] = useTransition();
  function run() {
    startTransition(async () => {
      const result = await action(null, input);
      if (result.ok) onSuccess?.(result.data);
      else toast.error(result.message, { description: result.requestId });
    });
  }
  return <Button {...rest} pending={pending} onClick={run} />;
}
