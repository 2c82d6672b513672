"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { TextareaField } from "@/components/form/textarea-field";
import { isEveryone, normalRange } from "@/lib/keys/ip-range";

/**
 * Where calls may come from. Once someone leaves the field it says how it reads what they typed: what is no address,
 * what is taken for another one, and a range that means everyone, which is allowed.
 */
export function RangesField({ ranges }: { ranges: readonly string[] }) {
  const t = useTranslations("tokens.field");
  const [text, setText] = useState(ranges.join("\n"));
  const given = text.split(/[\s,;]+/).filter(Boolean);
  const read = given.map((entry) => ({ entry, range: normalRange(entry) }));
  const wrong = read.filter(({ range }) => range === null).map(({ entry }) => entry);
  const changed = read.filter(
    ({ entry, range }) =>
      range !== null && range.replace(/\/(32|128)$/, "") !== entry.toLowerCase() && range !== entry,
  );
  const everyone = read.some(({ range }) => range !== null && isEveryone(range));
  return (
    <div className="grid gap-1.5 sm:col-span-2">
      <TextareaField
        name="ipRanges"
        label={t("ipRanges")}
        hint={t("ipRangesHint")}
        rows={2}
        spellCheck={false}
        className="[&_textarea]:font-mono"
        defaultValue={ranges.join("\n")}
        onBlur={(event) => setText(event.target.value)}
      />
      <div role="status" className="grid gap-1 text-xs empty:hidden">
        {wrong.length > 0 ? (
          <p className="text-danger-text">{t("ipWrong", { list: wrong.slice(0, 3).join(", ") })}</p>
        ) : null}
        {changed.length > 0 ? (
          <p className="text-ink-2">
            {changed
              .slice(0, 3)
              .map(({ entry, range }) => t("ipRead", { entry, range: range ?? "" }))
              .join(" ")}
          </p>
        ) : null}
        {everyone ? <p className="text-warn-text">{t("ipEveryone")}</p> : null}
      </div>
    </div>
  );
}
