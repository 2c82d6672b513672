"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { CLIENT_RULES } from "@/lib/doctor/client-rules";
import { maskShown } from "@/lib/doctor/key-shape";
import type { Reading } from "@/lib/doctor/types";
import type { KeyStatus } from "@/lib/keys/types";

export interface OwnKey {
  id: string;
  name: string;
  status: KeyStatus;
  endings: readonly string[];
}

/** What was understood of the paste, so that a misreading can be seen. */
export function ReadingFacts({
  reading,
  client,
  keys,
}: {
  reading: Reading;
  client: string | null;
  keys: readonly OwnKey[] | null;
}) {
  const t = useTranslations("doctor");
  const { urls, models } = reading;
  return (
    <section aria-labelledby="understood" className="rounded-lg border bg-raised p-4">
      <h2 id="understood" className="mb-2 font-medium">
        {t("understood")}
      </h2>
      <dl className="grid gap-2 text-xs [overflow-wrap:anywhere]">
        <Fact term={t("facts.format")}>{t(`formats.${reading.format}`)}</Fact>
        <Fact term={t("facts.client")}>
          {client ? (CLIENT_RULES[client]?.name ?? client) : t("facts.noClient")}
        </Fact>
        <Fact term={t("facts.url")}>
          <List
            texts={urls.map(({ value }) => value.replace(/(key|token)=[^&\s]+/gi, "$1=…"))}
            none={t("facts.none")}
          />
        </Fact>
        <Fact term={t("facts.key")}>
          {reading.keys.length === 0 ? t("facts.none") : null}
          {reading.keys.map(({ value, start }) => (
            <p key={start}>
              <span className="num">{maskShown(value)}</span>{" "}
              <OwnerOf ending={value.trim().slice(-4)} keys={keys} />
            </p>
          ))}
        </Fact>
        <Fact term={t("facts.model")}>
          <List texts={models.map(({ value }) => value)} none={t("facts.none")} />
        </Fact>
      </dl>
    </section>
  );
}

function OwnerOf({ ending, keys }: { ending: string; keys: readonly OwnKey[] | null }) {
  const t = useTranslations("doctor");
  const owner = keys?.find(({ endings }) => endings.includes(ending));
  if (!owner) return null;
  return (
    <Link href={`/tokens/${owner.id}`} className="link">
      {t("facts.yours", { name: owner.name, status: owner.status })}
    </Link>
  );
}

function Fact({ term, children }: { term: string; children: ReactNode }) {
  return (
    <div className="grid gap-x-3 sm:grid-cols-[7rem_minmax(0,1fr)]">
      <dt className="text-ink-3">{term}</dt>
      <dd className="min-w-0">{children}</dd>
    </div>
  );
}

function List({ texts, none }: { texts: readonly string[]; none: string }) {
  if (texts.length === 0) return none;
  return [...new Set(texts)].slice(0, 6).map((text) => (
    <p key={text} className="num break-all">
      {text}
    </p>
  ));
}
