"use client";

import { CircleAlert, CircleCheck } from "lucide-react";
import { useTheme } from "next-themes";
import { Toaster as Sonner } from "sonner";

export { toast } from "sonner";

/** For what needs no answer: "Copied", "Key renamed". Never for a failure that a form can show by its field. */
export function Toaster() {
  const { resolvedTheme } = useTheme();
  return (
    <Sonner
      theme={resolvedTheme === "dark" ? "dark" : "light"}
      position="bottom-right"
      icons={{
        success: <CircleCheck aria-hidden="true" className="size-4 text-accent-text" />,
        error: <CircleAlert aria-hidden="true" className="size-4 text-danger-text" />,
      }}
      toastOptions={{
        unstyled: true,
        classNames: {
          toast:
            "flex w-full items-center gap-2 rounded-lg border bg-raised px-3 py-2.5 text-sm text-ink shadow-float",
          description: "text-ink-2",
        },
      }}
    />
  );
}
