import type { Json } from "@/lib/gateway/dialects/api-request";
import { isObject } from "@/lib/gateway/dialects/read-fields";

/**
 * The keywords that `parametersJsonSchema` and `responseJsonSchema` read. Some versions of the API pass over the
 * others, some answer 400 for the whole request, so that they are left out here.
 * Source: Gemini API reference, GenerationConfig.responseJsonSchema.
 */
const KEPT = new Set([
  "$ref",
  "$anchor",
  "type",
  "title",
  "description",
  "minItems",
  "maxItems",
  "minimum",
  "maximum",
  "propertyOrdering",
]);
const FORMATS = new Set(["date-time", "date", "time"]);
/** Of one schema that several are merged into: what only one of them can say. */
const MERGED = new Set(["properties", "required", "allOf"]);

/** A JSON schema as Gemini takes it: the same shape, without what it cannot read. The schema given stays as it is. */
export function cleanSchema(schema: unknown): Json {
  return isObject(schema) ? cleanObject(schema) : {};
}

function cleanObject(given: Json): Json {
  const schema = mergeAllOf(given);
  if (typeof schema.$ref === "string") return cleanReference(schema.$ref, schema);
  const clean: Json = {};
  for (const [key, value] of Object.entries(schema)) if (KEPT.has(key)) clean[key] = value;
  if (typeof schema.format === "string" && FORMATS.has(schema.format)) clean.format = schema.format;
  for (const name of ["anyOf", "oneOf", "prefixItems"] as const) {
    if (Array.isArray(schema[name])) clean[name] = schema[name].map(cleanSchema);
  }
  if (Array.isArray(schema.items)) clean.prefixItems ??= schema.items.map(cleanSchema);
  else if (isObject(schema.items)) clean.items = cleanObject(schema.items);
  if (isObject(schema.properties)) clean.properties = cleanMap(schema.properties);
  if (typeof schema.additionalProperties === "boolean") {
    clean.additionalProperties = schema.additionalProperties;
  } else if (isObject(schema.additionalProperties)) {
    clean.additionalProperties = cleanObject(schema.additionalProperties);
  }
  cleanRequired(schema, clean);
  cleanEnum(schema, clean);
  cleanBounds(schema, clean);
  cleanDefinitions(schema, clean);
  if (schema.nullable === true) addNull(clean);
  return clean;
}

function cleanMap(schemas: Json): Json {
  return Object.fromEntries(Object.entries(schemas).map(([name, value]) => [name, cleanSchema(value)]));
}

/** Beside a reference only its definitions may stand. One that leads elsewhere means anything. */
function cleanReference(ref: string, schema: Json): Json {
  const clean: Json = {};
  if (ref === "#") clean.$ref = ref;
  else if (/^#\/(?:\$defs|definitions)\//.test(ref)) clean.$ref = ref.replace("#/definitions/", "#/$defs/");
  cleanDefinitions(schema, clean);
  return clean;
}

function cleanDefinitions(schema: Json, clean: Json): void {
  const definitions: Json = {};
  for (const found of [schema.definitions, schema.$defs]) {
    if (isObject(found)) Object.assign(definitions, cleanMap(found));
  }
  if (Object.keys(definitions).length > 0) clean.$defs = definitions;
}

/** A name that is required without being a property is refused. */
function cleanRequired(schema: Json, clean: Json): void {
  if (!Array.isArray(schema.required) || !isObject(clean.properties)) return;
  const properties = clean.properties;
  const required = schema.required.filter(
    (name) => typeof name === "string" && Object.hasOwn(properties, name),
  );
  if (required.length > 0) clean.required = required;
}

/** Texts and numbers can be listed; null goes into the type, and a list of booleans is the type itself. */
function cleanEnum(schema: Json, clean: Json): void {
  const given = Array.isArray(schema.enum) ? schema.enum : "const" in schema ? [schema.const] : null;
  if (!given) return;
  // An empty text among the values is refused.
  const set = given.filter((value) => value !== null && value !== "");
  const [type, ...others] = new Set(set.map((value) => typeof value));
  const listed = type === "string" || type === "number";
  if (listed && others.length === 0) clean.enum = set;
  if (clean.type === undefined && others.length === 0 && (listed || type === "boolean")) clean.type = type;
  if (set.length > 0 && given.includes(null)) addNull(clean);
}

/** An exclusive bound of whole numbers is the next inclusive one; of others the same one is near enough. */
function cleanBounds(schema: Json, clean: Json): void {
  const step = schema.type === "integer" ? 1 : 0;
  const { exclusiveMinimum: low, exclusiveMaximum: high } = schema;
  if (typeof low === "number" && clean.minimum === undefined) clean.minimum = low + step;
  if (typeof high === "number" && clean.maximum === undefined) clean.maximum = high - step;
}

function addNull(clean: Json): void {
  const { type } = clean;
  if (typeof type === "string" && type !== "null") clean.type = [type, "null"];
  else if (Array.isArray(type) && !type.includes("null")) clean.type = [...type, "null"];
}

/** What holds all together is written as one schema, since `allOf` is not read. */
function mergeAllOf(schema: Json): Json {
  if (!Array.isArray(schema.allOf)) return schema;
  const merged: Json = {};
  const properties: Json = {};
  const required: unknown[] = [];
  for (const part of [...schema.allOf.filter(isObject).map(mergeAllOf), schema]) {
    for (const [key, value] of Object.entries(part)) if (!MERGED.has(key)) merged[key] = value;
    if (isObject(part.properties)) Object.assign(properties, part.properties);
    if (Array.isArray(part.required)) required.push(...part.required);
  }
  if (Object.keys(properties).length > 0) merged.properties = properties;
  if (required.length > 0) merged.required = [...new Set(required)];
  return merged;
}
