"use client";

import { useTranslations } from "next-intl";
import { CopyButton } from "./copy-button";

/** The id under which the log knows what happened, to copy into a question for help. */
export function RequestId({ id, label }: { id: string; label?: string }) {
  const t = useTranslations("ui");
  const name = label ?? t("requestId");
  return (
    <p className="flex flex-wrap items-center gap-1 text-ink-3 text-xs">
      {name}{" "}
      <span className="flex min-w-0 items-center gap-1">
        <code className="num break-all text-ink-2">{id}</code>
        <CopyButton text={id} what={name} className="-my-1" />
      </span>
    </p>
  );
}
