import type { JsonSchema } from "@/lib/api/openapi";
import { text } from "@/lib/api/text";

/** One field of an object, in words. `object` names the object of this document that it is, if it is one. */
export interface FieldWords {
  name: string;
  type: string;
  required: boolean;
  meaning: string;
  object: string | null;
}

/** The fields of an object's schema, in their order. */
export function describeFields(schema: JsonSchema): FieldWords[] {
  const properties = (schema.properties ?? {}) as Record<string, JsonSchema>;
  const required = new Set((schema.required ?? []) as string[]);
  return Object.entries(properties).map(([name, property]) => ({
    name,
    type: describeType(property),
    required: required.has(name),
    meaning: typeof property.description === "string" ? property.description : "",
    object: objectIn(property),
  }));
}

/** `text or null`, `list of text`, `"day", "week", "month"`: what a value may be. */
export function describeType(schema: JsonSchema): string {
  const type = (key: "text" | "number" | "integer" | "boolean" | "time" | "day" | "object" | "anything") =>
    text(`page.types.${key}`);
  const choices = (schema.anyOf ?? schema.oneOf) as JsonSchema[] | undefined;
  if (choices) {
    const some = choices.filter((choice) => choice.type !== "null").map(describeType);
    const all = [...new Set(some)].join(", ");
    return some.length < choices.length ? text("page.types.orNull", { type: all }) : all;
  }
  if (typeof schema.$ref === "string") return schema.$ref.split("/").at(-1) ?? "";
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (Array.isArray(schema.enum)) return schema.enum.map((value) => JSON.stringify(value)).join(", ");
  switch (schema.type) {
    case "array":
      return text("page.types.list", { type: describeType((schema.items ?? {}) as JsonSchema) });
    case "string":
      if (schema.format === "date-time") return type("time");
      return schema.format === "date" ? type("day") : type("text");
    case "integer":
      return type("integer");
    case "number":
      return type("number");
    case "boolean":
      return type("boolean");
    case "object":
      return type("object");
    default:
      return type("anything");
  }
}

/** The named object that a value is, holds or may be. */
function objectIn(schema: JsonSchema): string | null {
  if (typeof schema.$ref === "string") return schema.$ref.split("/").at(-1) ?? null;
  if (schema.items) return objectIn(schema.items as JsonSchema);
  return null;
}
