import { useTranslations } from "next-intl";
import { DataTable } from "@/components/data/data-table";
import type { FieldWords } from "@/lib/api/describe-schema";

/** Fields with their types and meanings under what they are fields of; a named object leads to its own description. */
export function FieldTable({ caption, fields }: { caption: string; fields: readonly FieldWords[] }) {
  const t = useTranslations("api");
  return (
    <DataTable
      caption={caption}
      rows={fields}
      rowKey={({ name }) => name}
      columns={[
        {
          id: "field",
          header: caption,
          className: "w-1/4 [td&]:align-top",
          cell: ({ name, required, type, meaning }) => (
            <>
              <code className="num break-all">{name}</code>
              {required ? <span className="block text-ink-2 text-xs">{t("page.required")}</span> : null}
              <span className="block text-ink-2 text-xs sm:hidden">{type}</span>
              <span className="block whitespace-normal text-ink-2 sm:hidden">{meaning}</span>
            </>
          ),
        },
        {
          id: "type",
          header: t("page.type"),
          from: "sm",
          className: "w-1/4 whitespace-normal [td&]:align-top text-ink-2",
          cell: ({ type, object }) =>
            object ? (
              <a className="link" href={`#${object}`}>
                {type}
              </a>
            ) : (
              type
            ),
        },
        {
          id: "meaning",
          header: t("page.meaning"),
          from: "sm",
          className: "whitespace-normal [td&]:align-top",
          cell: ({ meaning }) => meaning,
        },
      ]}
    />
  );
}
