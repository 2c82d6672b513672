import { getTranslations } from "next-intl/server";
import { listDocs } from "@/app/(site)/docs/_parts/list-docs";
import { loadDocFacts } from "@/app/(site)/docs/_parts/load-doc-facts";
import { CLIENTS } from "@/lib/clients/catalogue";

/** The documentation for language models, after llmstxt.org: facts first, then links with a sentence each. */
export async function GET(): Promise<Response> {
  const [t, shell, facts] = await Promise.all([
    getTranslations("docs"),
    getTranslations("shell"),
    loadDocFacts(),
  ]);
  const docs = await listDocs(facts);
  const { dashboard, host, operator, fill, setup } = facts;
  const values = { base: setup.base, root: setup.root, dashboard };
  const addresses = new Map(
    CLIENTS.map(({ slug, asks }) => [
      `/docs/clients/${slug}`,
      ` ${t("llms.address", { setting: asks.address, value: fill(asks.value) })}.`,
    ]),
  );
  const links = (title: string, groups: readonly string[]) => [
    `## ${title}`,
    "",
    ...docs
      .filter(({ group }) => groups.includes(group))
      .map((doc) => `- [${doc.title}](${dashboard}${doc.href}): ${doc.text}${addresses.get(doc.href) ?? ""}`),
    "",
  ];
  const lines = [
    `# ${shell("product")}: ${host}`,
    "",
    `> ${t("llms.intro", { product: shell("product") })}`,
    "",
    t("disclaimer.text", { operator, host }).replace(/\]\(\//g, `](${dashboard}/`),
    "",
    `## ${t("llms.facts")}`,
    "",
    ...(["base", "root", "models", "key"] as const).map((id) => `- ${t(`llms.${id}`, values)}`),
    "",
    ...links(t("llms.clients"), ["chat", "coding", "automation", "library", "terminal"]),
    ...links(t("llms.guides"), ["guides"]),
    ...links(t("llms.errors"), ["statuses"]),
    ...links(t("llms.reference"), ["reference"]),
  ];
  return new Response(lines.join("\n"), { headers: { "content-type": "text/plain; charset=utf-8" } });
}
