import { Check } from "lucide-react";
import { cn } from "@/components/ui/cn";

/** Ticked, or its number. */
export function StepMark({ done, next, at }: { done: boolean; next: boolean; at: number }) {
  return (
    <span
      aria-hidden="true"
      className={cn(
        "num grid size-5 shrink-0 place-items-center rounded-full text-[11px]",
        done
          ? "bg-accent text-accent-ink"
          : next
            ? "border border-accent text-accent-text"
            : "border text-ink-3",
      )}
    >
      {done ? <Check className="size-3" strokeWidth={3} /> : at}
    </span>
  );
}
