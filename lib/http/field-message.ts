import type { z } from "zod";

type Issue = z.core.$ZodIssue;
type Translate = (key: string, values?: Record<string, string | number>) => string | null;

/** The sentence for one refused field: the schema's own message if it is a key of the catalogue, else by kind. */
export function fieldMessage(issue: Issue, translate: Translate): string {
  const own = translate(issue.message, valuesOf(issue));
  if (own) return own;
  const [key, values] = byKind(issue);
  return translate(key, values) ?? issue.message;
}

function valuesOf(issue: Issue): Record<string, string | number> {
  if (issue.code === "too_small") return { min: Number(issue.minimum) };
  if (issue.code === "too_big") return { max: Number(issue.maximum) };
  if (issue.code === "custom") return issue.params ?? {};
  return {};
}

/** What a schema expects where a number belongs; `int` is what `1.5` is not. */
const NUMBERS = new Set<string>(["number", "int", "bigint"]);

function byKind(issue: Issue): [key: string, values: Record<string, string | number>] {
  const values = valuesOf(issue);
  switch (issue.code) {
    case "too_small":
      if (issue.origin === "string") return [Number(issue.minimum) <= 1 ? "required" : "tooShort", values];
      return [issue.origin === "array" ? "required" : "tooSmall", values];
    case "too_big":
      return [issue.origin === "string" ? "tooLong" : "tooLarge", values];
    case "invalid_type":
      return [NUMBERS.has(issue.expected) ? "notANumber" : "required", values];
    case "invalid_value":
      return ["unknownChoice", values];
    case "invalid_format":
      return [issue.format === "email" ? "invalidEmail" : "invalid", values];
    default:
      return ["invalid", values];
  }
}
