"use client";

import { Download } from "lucide-react";
import { useNow, useTranslations } from "next-intl";
import { useState } from "react";
import { CopyButton } from "@/components/data/copy-button";
import { downloadText } from "@/components/data/download-text";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { envLines, type NamedSecret } from "./env-lines";

/** More would make a page that nobody reads; the file and the search have them all. */
const MOST_SHOWN = 100;
const SEARCH_FROM = 9;

/** Many fresh secrets, shown this once: each to copy, all as one file. */
export function SecretHandout({
  secrets,
  onStored,
}: {
  secrets: readonly NamedSecret[];
  onStored: () => void;
}) {
  const t = useTranslations("tokens.all");
  const now = useNow();
  const [search, setSearch] = useState("");
  const [saved, setSaved] = useState(false);
  const wanted = search.trim().toLowerCase();
  const found = secrets.filter(({ name }) => name.toLowerCase().includes(wanted));
  const shown = found.slice(0, MOST_SHOWN);

  function download() {
    const at = now.toISOString();
    downloadText(`tollgate-keys-${at.slice(0, 10)}.env`, envLines(secrets, t("fileTitle", { at })));
    setSaved(true);
  }

  return (
    <div className="grid gap-4">
      <div className="flex flex-wrap items-center gap-2">
        <Button variant="primary" onClick={download}>
          <Download aria-hidden="true" />
          {t("download", { count: secrets.length })}
        </Button>
        {secrets.length >= SEARCH_FROM ? (
          <Input
            type="search"
            aria-label={t("find")}
            placeholder={t("find")}
            value={search}
            onChange={(event) => setSearch(event.target.value)}
            className="max-w-56"
          />
        ) : null}
      </div>
      <ul className="divide-y rounded-lg border">
        {shown.map(({ id, name, secret }) => (
          <li key={id} className="grid gap-1 px-3 py-2">
            <span className="flex items-center justify-between gap-2">
              <span className="min-w-0 truncate font-medium" title={name}>
                {name}
              </span>
              <CopyButton text={secret} what={name} />
            </span>
            <code data-testid="fresh-secret" className="num select-all break-all text-xs">
              {secret}
            </code>
          </li>
        ))}
        {shown.length === 0 ? <li className="px-3 py-2 text-ink-2">{t("nothing")}</li> : null}
      </ul>
      {found.length > shown.length ? (
        <p className="text-ink-2">{t("more", { shown: shown.length, count: found.length })}</p>
      ) : null}
      <div data-form-actions="" className="flex items-center justify-end gap-3">
        {saved ? null : <span className="text-ink-3 text-xs">{t("lastSight")}</span>}
        <Button variant={saved ? "primary" : "secondary"} onClick={onStored}>
          {t("stored")}
        </Button>
      </div>
    </div>
  );
}
