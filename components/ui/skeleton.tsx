import { cn } from "./cn";

/** Give it the size of what will stand there. */
export function Skeleton({ className }: { className?: string }) {
  return <div aria-hidden="true" className={cn("animate-breathe rounded-sm bg-ink/8", className)} />;
}
