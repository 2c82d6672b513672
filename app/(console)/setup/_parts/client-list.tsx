"use client";

import { Search } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { EmptyState } from "@/components/data/empty-state";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import type { ClientGroup } from "@/lib/clients/types";
import { Monogram } from "./monogram";

interface Listed {
  slug: string;
  name: string;
  aliases: readonly string[];
  what: string;
  group: ClientGroup;
  /** True while the API's address cannot be reached by it. */
  needsPublic: boolean;
}

const GROUPS = [
  "chat",
  "coding",
  "automation",
  "library",
  "terminal",
] as const satisfies readonly ClientGroup[];

/** The clients in groups, with a search over names, other names and descriptions. */
export function ClientList({ clients, keyId }: { clients: readonly Listed[]; keyId: string | null }) {
  const t = useTranslations("setup");
  const [search, setSearch] = useState("");
  const found = clients.filter((client) => matches(client, search));
  return (
    <div className="grid gap-6">
      <div className="relative max-w-md">
        <Search
          aria-hidden="true"
          className="pointer-events-none absolute top-1/2 left-2.5 size-4 -translate-y-1/2 text-ink-3"
        />
        <Input
          type="search"
          value={search}
          onChange={(event) => setSearch(event.target.value)}
          placeholder={t("searchHint")}
          aria-label={t("search")}
          autoComplete="off"
          className="pl-8"
        />
        <p role="status" className="sr-only">
          {search ? t("found", { count: found.length }) : ""}
        </p>
      </div>
      {found.length === 0 ? (
        <EmptyState
          title={t("nothingFound", { search })}
          action={<Button onClick={() => setSearch("")}>{t("showAll")}</Button>}
        >
          {t("nothingFoundHint")}
        </EmptyState>
      ) : null}
      {GROUPS.map((group) => {
        const members = found.filter((client) => client.group === group);
        if (members.length === 0) return null;
        return (
          <section key={group} aria-labelledby={`group-${group}`} className="grid gap-3">
            <h2 id={`group-${group}`} className="font-medium">
              {t(`groups.${group}`)}
            </h2>
            <ul className="grid gap-3 sm:grid-cols-2 xl:grid-cols-3">
              {members.map((client) => (
                <li key={client.slug}>
                  <ClientCard client={client} keyId={keyId} />
                </li>
              ))}
            </ul>
          </section>
        );
      })}
    </div>
  );
}

function ClientCard({ client, keyId }: { client: Listed; keyId: string | null }) {
  const t = useTranslations("setup");
  return (
    <Link
      href={`/setup/${client.slug}${keyId ? `?key=${encodeURIComponent(keyId)}` : ""}`}
      className="flex h-full gap-3 rounded-lg border bg-raised p-4 transition-colors duration-150 ease-out hover:border-edge/70 hover:bg-sunken"
    >
      <Monogram name={client.name} />
      <span className="grid min-w-0 content-start gap-0.5">
        <span className="flex flex-wrap items-center gap-2 font-medium">
          {client.name}
          {client.needsPublic ? <Badge tone="soon">{t("needsPublic")}</Badge> : null}
        </span>
        <span className="text-ink-2">{client.what}</span>
      </span>
    </Link>
  );
}

function matches({ name, aliases, what, slug }: Listed, search: string): boolean {
  const text = [name, slug, ...aliases, what].join(" ").toLowerCase();
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return words.every((word) => text.includes(word) || text.replaceAll(" ", "").includes(word));
}
