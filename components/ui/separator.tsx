import { cn } from "./cn";

export function Separator({ vertical = false, className }: { vertical?: boolean; className?: string }) {
  return vertical ? (
    <span aria-hidden="true" className={cn("inline-block h-4 w-px bg-line", className)} />
  ) : (
    <hr className={cn("border-line border-t", className)} />
  );
}
