"use client";

import { ChevronRight } from "lucide-react";
import { type ReactNode, useState } from "react";
import { useForm } from "@/components/form/form-context";

/** Fields that most people leave alone. Opens by itself when one of them was refused. */
export function LimitFold({
  title,
  aside,
  names,
  initiallyOpen = false,
  children,
}: {
  title: ReactNode;
  /** What a closed fold should not hide, at the end of its line. */
  aside?: ReactNode;
  /** The fields inside; all but the name when left out. */
  names?: readonly string[];
  initiallyOpen?: boolean;
  children: ReactNode;
}) {
  const { state } = useForm();
  const [open, setOpen] = useState(initiallyOpen);
  const [seen, setSeen] = useState(state);
  if (state !== seen) {
    setSeen(state);
    const inside = (name: string) => (names ? names.includes(name) : name !== "name");
    if (state && !state.ok && Object.keys(state.fields).some(inside)) setOpen(true);
  }
  return (
    <details
      open={open}
      onToggle={(event) => setOpen(event.currentTarget.open)}
      className="group rounded-lg border open:bg-sunken/60"
    >
      <summary className="flex list-none items-center gap-2 rounded-lg px-3 py-2 font-medium [&::-webkit-details-marker]:hidden">
        <ChevronRight
          aria-hidden="true"
          className="size-4 text-ink-3 transition-transform duration-150 group-open:rotate-90"
        />
        {title}
        {aside ? (
          <span className="ml-auto font-normal text-ink-3 text-xs group-open:hidden">{aside}</span>
        ) : null}
      </summary>
      <div className="px-3 pt-1 pb-3">{children}</div>
    </details>
  );
}
