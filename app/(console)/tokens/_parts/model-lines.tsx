"use client";

import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import { useId } from "react";
import { Checkbox } from "@/components/ui/checkbox";
import { cn } from "@/components/ui/cn";

/** An entry of the allow-list that was chosen: an id, or a pattern with how many models it fits now. */
export function ModelChip({ entry, fits, onRemove }: { entry: string; fits: number; onRemove: () => void }) {
  const t = useTranslations("tokens.models");
  return (
    <li
      className={cn(
        "inline-flex h-6 min-w-0 max-w-full items-center gap-1 rounded-sm bg-ink/6 pl-2 text-xs",
        fits === 0 && "bg-warn-soft text-warn-text",
      )}
    >
      <span className="num min-w-0 truncate" title={entry}>
        {entry}
      </span>
      {entry.includes("*") || fits === 0 ? (
        <span className={cn("shrink-0", fits > 0 && "text-ink-2")}>
          {fits === 0 && !entry.includes("*") ? t("gone") : t("fits", { count: fits })}
        </span>
      ) : null}
      <button
        type="button"
        aria-label={t("remove", { entry })}
        onClick={onRemove}
        className="grid size-6 shrink-0 place-items-center rounded-sm text-ink-2 hover:bg-ink/8 hover:text-ink"
      >
        <X aria-hidden="true" className="size-3" />
      </button>
    </li>
  );
}

/** A model of the catalogue with its tick. One that a pattern allows is ticked already, and says by which. */
export function ModelLine({
  id,
  by,
  checked,
  gone,
  onChange,
}: {
  id: string;
  by: string | null;
  checked: boolean;
  gone: boolean;
  onChange: (on: boolean) => void;
}) {
  const t = useTranslations("tokens.models");
  const box = useId();
  return (
    <li>
      <label
        htmlFor={box}
        className={cn(
          "flex items-center gap-2.5 rounded-sm px-2 py-1",
          by && !checked ? "" : "cursor-pointer hover:bg-ink/4",
        )}
      >
        <Checkbox
          id={box}
          checked={checked || by !== null}
          disabled={by !== null && !checked}
          onCheckedChange={(state) => onChange(state === true)}
        />
        <span className="min-w-0 flex-1 break-all font-mono text-xs">{id}</span>
        {by || gone ? (
          <span className="shrink-0 text-ink-3 text-xs">{by ? t("by", { pattern: by }) : t("gone")}</span>
        ) : null}
      </label>
    </li>
  );
}
