import { useTranslations } from "next-intl";
import { CopyBlock } from "@/components/data/copy-block";
import { Section } from "@/components/data/section";
import { Badge } from "@/components/ui/badge";
import { describeFields, describeType } from "@/lib/api/describe-schema";
import type { JsonSchema, Operation } from "@/lib/api/openapi";
import { FieldTable } from "./field-table";

const TONES = { get: "neutral", post: "good", patch: "soon", delete: "bad" } as const;

/** One call: what it is for, what it takes, what it answers. */
export function OperationSection({
  path,
  method,
  operation,
  example,
}: {
  path: string;
  method: string;
  operation: Operation;
  example: string;
}) {
  const t = useTranslations("api");
  // Headers are the same for every change, and told of once at the start of the page.
  const given = (operation.parameters ?? []).filter((parameter) => parameter.in !== "header");
  const parameters = given.map(({ name, required, description, schema, in: where }) => ({
    name,
    required,
    type: `${describeType(schema)}, ${t(`page.in.${where}`)}`,
    meaning: description,
    object: null,
  }));
  const body = operation.requestBody?.content["application/json"]?.schema;
  const fields = body ? describeFields(body) : [];
  const answer = answerOf(operation);
  return (
    <Section id={operation.operationId} title={operation.summary} sentence={operation.description}>
      <p className="flex min-w-0 flex-wrap items-center gap-2">
        <Badge tone={TONES[method as keyof typeof TONES] ?? "neutral"}>{method.toUpperCase()}</Badge>
        <code className="num min-w-0 break-all">{path}</code>
      </p>
      {parameters.length > 0 ? <FieldTable caption={t("page.parameters")} fields={parameters} /> : null}
      {fields.length > 0 ? <FieldTable caption={t("page.body")} fields={fields} /> : null}
      <CopyBlock code={example} title={`${method.toUpperCase()} ${path}`} />
      {answer ? (
        <p className="text-ink-2">
          {t("page.answer")}: <span className="num">{answer.status}</span>{" "}
          <a className="link" href={`#${answer.object}`}>
            {answer.object}
          </a>
        </p>
      ) : null}
    </Section>
  );
}

function answerOf({ responses }: Operation): { status: string; object: string } | null {
  for (const [status, { content }] of Object.entries(responses)) {
    const schema: JsonSchema = content?.["application/json"]?.schema ?? {};
    if (status !== "default" && typeof schema.$ref === "string") {
      return { status, object: schema.$ref.split("/").at(-1) ?? "" };
    }
  }
  return null;
}
