import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Page } from "@/components/data/page";
import { PageHeader } from "@/components/data/page-header";
import { Section } from "@/components/data/section";
import { curlExample } from "@/lib/api/curl-example";
import { describeFields } from "@/lib/api/describe-schema";
import { openApi } from "@/lib/api/openapi";
import { InlineCode } from "../errors/_parts/inline-code";
import { FieldTable } from "./_parts/field-table";
import { OperationSection } from "./_parts/operation-section";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("api");
  return { title: t("page.title"), description: t("page.sentence") };
}

/** The reference of the management API, made of the document that programs read. */
export default async function ApiPage() {
  const t = await getTranslations("api");
  const { paths, tags, servers, components } = openApi();
  const origin = servers[0]?.url ?? "";
  const calls = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );
  const objects = Object.entries(components.schemas);
  return (
    <Page className="max-w-6xl grid-cols-[minmax(0,1fr)] lg:grid-cols-[13rem_minmax(0,1fr)] lg:gap-12 lg:px-6">
      <nav aria-label={t("page.contents")} className="max-lg:hidden">
        <ul className="sticky top-20 grid max-h-[calc(100dvh-6rem)] gap-1 overflow-y-auto pb-8">
          {tags.map(({ name }) => (
            <li key={name} className="grid gap-1 pt-3 first:pt-0">
              <span className="font-medium">{name}</span>
              {calls
                .filter(({ operation }) => operation.tags.includes(name))
                .map(({ operation }) => (
                  <a
                    key={operation.operationId}
                    href={`#${operation.operationId}`}
                    className="rounded-sm text-ink-2 hover:text-ink"
                  >
                    {operation.summary}
                  </a>
                ))}
            </li>
          ))}
          <li className="grid gap-1 pt-3">
            <a href="#errors" className="rounded-sm font-medium">
              {t("page.errors")}
            </a>
            <a href="#objects" className="rounded-sm font-medium">
              {t("page.objects")}
            </a>
          </li>
        </ul>
      </nav>
      <div className="grid min-w-0 grid-cols-[minmax(0,1fr)] content-start gap-10 [&_section]:scroll-mt-20">
        <PageHeader
          title={t("page.title")}
          sentence={t("page.sentence")}
          action={
            // A file, not a page: the browser opens it itself.
            <a className="link" href="/api/openapi.json">
              {t("page.document")}
            </a>
          }
        />
        <Section
          id="start"
          title={t("page.start")}
          sentence={t("page.startText", { url: `${origin}/api/v1` })}
        >
          <p className="max-w-prose text-ink-2">
            <InlineCode text={t("page.repeatText")} />
          </p>
        </Section>
        {tags.map(({ name }) =>
          calls
            .filter(({ operation }) => operation.tags.includes(name))
            .map(({ path, method, operation }) => (
              <OperationSection
                key={operation.operationId}
                path={path}
                method={method}
                operation={operation}
                example={curlExample(origin, path, method, operation)}
              />
            )),
        )}
        <Section id="errors" title={t("page.errors")}>
          <p className="max-w-prose text-ink-2">
            <InlineCode text={t("page.errorsText")} />
          </p>
        </Section>
        <div id="objects" className="grid min-w-0 grid-cols-[minmax(0,1fr)] scroll-mt-20 gap-8">
          {objects.map(([name, schema]) => (
            <Section key={name} id={name} title={name}>
              <FieldTable caption={name} fields={describeFields(schema)} />
            </Section>
          ))}
        </div>
      </div>
    </Page>
  );
}
