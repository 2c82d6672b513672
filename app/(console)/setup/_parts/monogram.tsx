import { cn } from "@/components/ui/cn";

/** A client's mark: its initials. Logos belong to their owners. */
export function Monogram({ name, large = false }: { name: string; large?: boolean }) {
  const capitals = name.replace(/[^A-Z]/g, "");
  const initials = capitals.length > 1 ? capitals.slice(0, 2) : name.slice(0, 2);
  return (
    <span
      aria-hidden="true"
      className={cn(
        "grid shrink-0 place-items-center rounded-md border bg-sunken font-medium font-mono text-ink-2",
        large ? "size-11 text-sm" : "size-9 text-xs",
      )}
    >
      {initials}
    </span>
  );
}
