import type { Json } from "@/lib/gateway/dialects/api-request";
import { isObject } from "@/lib/gateway/dialects/read-fields";

/** What Anthropic's structured output refuses in a schema; each only narrows what the schema allows. */
const REFUSED = new Set([
  "minimum",
  "maximum",
  "exclusiveMinimum",
  "exclusiveMaximum",
  "multipleOf",
  "minLength",
  "maxLength",
  "maxItems",
  "uniqueItems",
  "minProperties",
  "maxProperties",
  "$schema",
]);

/** The keys below which each value is a schema by a name of the caller's choice. */
const NAMED = new Set(["properties", "$defs", "definitions", "patternProperties"]);

/**
 * A JSON schema as Anthropic's structured output takes it: objects are closed, and limits of numbers, lengths and
 * sizes are left out, as Anthropic's own SDKs do. Source: Anthropic docs, "Structured outputs", JSON schema limits.
 */
export function fitSchema(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(fitSchema);
  if (!isObject(schema)) return schema;
  const fitted: Json = {};
  for (const [key, value] of Object.entries(schema)) {
    if (REFUSED.has(key)) continue;
    if (key === "minItems" && value !== 0 && value !== 1) continue;
    if (key === "enum" || key === "const" || key === "default" || key === "required") fitted[key] = value;
    else if (NAMED.has(key) && isObject(value)) {
      fitted[key] = Object.fromEntries(Object.entries(value).map(([name, part]) => [name, fitSchema(part)]));
    } else fitted[key] = fitSchema(value);
  }
  if (schema.type === "object" || isObject(schema.properties)) fitted.additionalProperties = false;
  return fitted;
}
