import { useTranslations } from "next-intl";
import { DataTable } from "@/components/data/data-table";
import { CLIENTS } from "@/lib/clients/catalogue";
import { fillText } from "@/lib/clients/fill-text";
import type { ClientEntry } from "@/lib/clients/types";
import type { DocFacts } from "./load-doc-facts";
import { RichLine } from "./rich-line";

/** Names of the tables that a guide may hold. */
export const TABLES = ["addresses", "clients", "listing", "models"] as const;

const MOST_MODELS = 8;
const client = ({ slug, name }: ClientEntry) => <RichLine text={`[${name}](/docs/clients/${slug})`} />;

/** A table that the catalogue of clients or of models fills, so that it cannot disagree with them. */
export function GeneratedTable({ name, facts }: { name: string; facts: DocFacts }) {
  const t = useTranslations("docs.tables");
  const { setup } = facts;
  switch (name as (typeof TABLES)[number]) {
    case "addresses":
      return (
        <DataTable
          caption={t("addresses")}
          rows={[
            { use: t("useV1"), value: setup.base },
            { use: t("useRoot"), value: setup.root },
          ]}
          rowKey={({ use }) => use}
          columns={[
            { id: "use", header: t("use"), className: "whitespace-normal", cell: ({ use }) => use },
            {
              id: "value",
              header: t("value"),
              className: "wrap-anywhere whitespace-normal",
              cell: ({ value }) => <RichLine text={`\`${value}\``} />,
            },
          ]}
        />
      );
    case "clients":
      return (
        <DataTable
          caption={t("clients")}
          rows={CLIENTS}
          rowKey={({ slug }) => slug}
          columns={[
            { id: "client", header: t("client"), cell: client },
            {
              id: "asks",
              header: t("asks"),
              from: "md",
              className: "whitespace-normal",
              cell: ({ asks }) => asks.address,
            },
            {
              id: "value",
              header: t("value"),
              className: "wrap-anywhere whitespace-normal",
              cell: ({ asks }) => <RichLine text={`\`${fillText(asks.value, setup)}\``} />,
            },
          ]}
        />
      );
    case "listing":
      return (
        <DataTable
          caption={t("listing")}
          rows={CLIENTS}
          rowKey={({ slug }) => slug}
          columns={[
            { id: "client", header: t("client"), cell: client },
            {
              id: "how",
              header: t("how"),
              className: "whitespace-normal",
              cell: ({ models }) =>
                t(({ listed: "howListed", typed: "howTyped", both: "howBoth" } as const)[models.how]),
            },
          ]}
        />
      );
    case "models":
      return (
        <DataTable
          caption={t("models")}
          rows={setup.models.slice(0, MOST_MODELS)}
          rowKey={({ id }) => id}
          columns={[
            {
              id: "model",
              header: t("model"),
              className: "wrap-anywhere whitespace-normal",
              cell: ({ id }) => <RichLine text={`\`${id}\``} />,
            },
            {
              id: "context",
              header: t("context"),
              numeric: true,
              cell: ({ contextTokens }) => contextTokens.toLocaleString("en"),
            },
          ]}
        />
      );
  }
}
