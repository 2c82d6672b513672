"use client";

import { useRef, useState } from "react";
import type { ActionKey } from "./action-key";
import { type FreshKey, FreshSecret } from "./fresh-secret";
import { RotateDialog } from "./rotate-dialog";

/** The card of a fresh secret, with the way out for whoever lost it. */
export function FreshPanel({ fresh, of }: { fresh: FreshKey; of: ActionKey }) {
  const [open, setOpen] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  return (
    <>
      <FreshSecret fresh={fresh} onRotate={() => setOpen(true)} rotateButton={opener} />
      <RotateDialog rotating={of} open={open} onOpenChange={setOpen} opener={opener} />
    </>
  );
}
