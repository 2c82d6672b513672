import { getTranslations } from "next-intl/server";
import { CLIENTS } from "@/lib/clients/catalogue";
import type { ClientGroup } from "@/lib/clients/types";
import { listEntries } from "../errors/_parts/find-entry";
import { GUIDES } from "../guides/_parts/guide-slugs";
import { STATUSES } from "./list-statuses";
import type { DocFacts } from "./load-doc-facts";

export type DocGroup = "guides" | ClientGroup | "statuses" | "codes" | "reference";

export interface Doc {
  href: string;
  title: string;
  text: string;
  group: DocGroup;
  /** What a search looks at besides title and text. */
  words: string;
}

/** Every page of the documentation, in the order of its index. */
export async function listDocs(facts: DocFacts): Promise<Doc[]> {
  const [t, entries] = await Promise.all([getTranslations("docs"), listEntries()]);
  const body = (key: Parameters<typeof t.raw>[0]) => (t.raw(key) as string[]).join(" ");
  return [
    ...GUIDES.map((slug) => ({
      href: `/docs/guides/${slug}`,
      title: t(`guides.${slug}.title`),
      text: t(`guides.${slug}.description`),
      group: "guides" as const,
      words: facts.fill(body(`guides.${slug}.body`)),
    })),
    ...CLIENTS.map(({ slug, name, what, group, aliases, asks, mistakes, tabs }) => ({
      href: `/docs/clients/${slug}`,
      title: name,
      text: what,
      group,
      words: [
        slug,
        ...aliases,
        asks.address,
        asks.key,
        ...tabs.map(({ label }) => label),
        ...mistakes.map(({ mistake, fix }) => facts.fill(`${mistake} ${fix}`)),
      ].join(" "),
    })),
    ...STATUSES.map((status) => ({
      href: `/docs/errors/${status}`,
      title: t(`statuses.${status}.title`),
      text: facts.fill(t.raw(`statuses.${status}.sentence`) as string),
      group: "statuses" as const,
      words: facts.fill(body(`statuses.${status}.body`)),
    })),
    ...entries.map(({ code, title, meaning, status }) => ({
      href: `/docs/errors/${code}`,
      title: code,
      text: title,
      group: "codes" as const,
      words: `${status} ${meaning}`,
    })),
    ...(
      [
        ["models", "/models"],
        ["pricing", "/pricing"],
        ["errors", "/docs/errors"],
        ["api", "/docs/api"],
        ["openapi", "/api/openapi.json"],
        ["llms", "/llms.txt"],
      ] as const
    ).map(([id, href]) => ({
      href,
      title: t(`index.reference.${id}.title`),
      text: t(`index.reference.${id}.text`),
      group: "reference" as const,
      words: id,
    })),
  ];
}
