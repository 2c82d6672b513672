import { LoaderCircle } from "lucide-react";
import { cn } from "./cn";

/** Decorative: say in words beside it what is being waited for. */
export function Spinner({ className }: { className?: string }) {
  return <LoaderCircle aria-hidden="true" className={cn("size-4 animate-spin", className)} />;
}
