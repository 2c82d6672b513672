"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { TextareaField } from "@/components/form/textarea-field";

/** Where calls may come from. A range that means everyone is allowed, and said. */
export function RangesField({ ranges }: { ranges: readonly string[] }) {
  const t = useTranslations("tokens.field");
  const [text, setText] = useState(ranges.join("\n"));
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
        onChange={(event) => setText(event.target.value)}
      />
      {/\/0+(\s|,|;|$)/.test(text) ? (
        <p role="status" className="text-warn-text text-xs">
          {t("ipEveryone")}
        </p>
      ) : null}
    </div>
  );
}
