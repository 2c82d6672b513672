"use client";

import { KeyRound } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { CopyButton } from "./copy-button";
import { DownloadButton } from "./download-button";

/**
 * A fresh secret that is shown this one time. It stands in the page's memory only. `envName` writes the download
 * as NAME=secret into `filename`; `children` are further ways on, for example "Set up a client".
 */
export function CopyOnce({
  secret,
  note,
  envName = "OPENAI_API_KEY",
  filename = "tollgate.env",
  onCopied,
  children,
}: {
  secret: string;
  note?: ReactNode;
  envName?: string;
  filename?: string;
  onCopied?: () => void;
  children?: ReactNode;
}) {
  const t = useTranslations("ui");
  return (
    <div className="grid gap-3 rounded-lg border border-accent/40 bg-accent-soft/50 p-4">
      <p className="flex items-center gap-2 font-medium">
        <KeyRound aria-hidden="true" className="size-4 shrink-0 text-accent-text" />
        {note ?? t("onlyTime")}
      </p>
      <code
        data-testid="secret"
        className="block select-all break-all rounded-md border bg-raised px-3 py-2 font-mono text-sm max-sm:text-xs"
      >
        {secret}
      </code>
      <div className="flex flex-wrap gap-2">
        <CopyButton
          text={secret}
          label={t("copy")}
          size="md"
          variant="primary"
          {...(onCopied ? { onCopied } : {})}
        />
        <DownloadButton
          text={`${envName}=${secret}\n`}
          filename={filename}
          label={t("downloadEnv")}
          size="md"
        />
        {children}
      </div>
    </div>
  );
}
