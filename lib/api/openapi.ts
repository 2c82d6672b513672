import { z } from "zod";
import type { Endpoint } from "@/lib/api/endpoint";
import { ENDPOINTS } from "@/lib/api/endpoints/all";
import { otherPaths } from "@/lib/api/other-paths";
import {
  ChangedKeyObject,
  KeyList,
  KeyObject,
  NewKeyObject,
  RotatedKeyObject,
} from "@/lib/api/schemas/key-object";
import { CreditsObject, ErrorObject, ModelList, UsageObject } from "@/lib/api/schemas/reads";
import { about, text } from "@/lib/api/text";
import { env } from "@/lib/env";

export type JsonSchema = { [name: string]: unknown };

export interface Parameter {
  name: string;
  in: "path" | "query" | "header";
  required: boolean;
  description: string;
  schema: JsonSchema;
}

export interface Operation {
  operationId: string;
  tags: string[];
  summary: string;
  description: string;
  servers?: { url: string }[];
  security?: Record<string, string[]>[];
  parameters?: Parameter[];
  requestBody?: { required: boolean; content: Record<string, { schema: JsonSchema }> };
  responses: Record<string, { description: string; content?: Record<string, { schema: JsonSchema }> }>;
}

export interface OpenApiDocument {
  openapi: "3.1.1";
  info: { title: string; description: string; version: string };
  servers: { url: string }[];
  security: Record<string, string[]>[];
  tags: { name: string }[];
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, JsonSchema>; securitySchemes: Record<string, JsonSchema> };
}

/** What answers are made of, by the name that the document gives it. */
const NAMED = {
  Key: KeyObject,
  NewKey: NewKeyObject,
  ChangedKey: ChangedKeyObject,
  RotatedKey: RotatedKeyObject,
  KeyList,
  Credits: CreditsObject,
  Usage: UsageObject,
  ModelList,
  Error: ErrorObject,
};

const VERSION = "1";
const json = (schema: JsonSchema) => ({ "application/json": { schema } });
const ref = (name: string): JsonSchema => ({ $ref: `#/components/schemas/${name}` });

/** The OpenAPI 3.1 document of everything that is called with a key, from the schemas that check the calls. */
export function openApi(): OpenApiDocument {
  const { publicUrl } = env();
  const paths: OpenApiDocument["paths"] = {};
  const add = (path: string, method: string, operation: Operation) => {
    paths[path] = { ...paths[path], [method]: operation };
  };
  for (const endpoint of ENDPOINTS) {
    add(`/api/v1${endpoint.path}`, endpoint.method.toLowerCase(), operationOf(endpoint));
  }
  for (const { path, method, operation } of otherPaths()) add(path, method, operation);
  return {
    openapi: "3.1.1",
    info: { title: `Tollgate: ${text("title")}`, description: text("description"), version: VERSION },
    servers: [{ url: publicUrl }],
    security: [{ managementKey: [] }],
    tags: ["keys", "actions", "reads", "leaks", "gateway"].map((tag) => ({ name: tagName(tag) })),
    paths,
    components: {
      schemas: namedSchemas(),
      securitySchemes: {
        managementKey: { type: "http", scheme: "bearer", description: text("auth") },
        apiKey: { type: "http", scheme: "bearer" },
      },
    },
  };
}

export function tagName(tag: string): string {
  return text(`tags.${tag}` as "tags.keys");
}

function namedSchemas(): Record<string, JsonSchema> {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(NAMED)) registry.add(schema, { id });
  const { schemas } = z.toJSONSchema(registry, { uri: (id) => `#/components/schemas/${id}` });
  return Object.fromEntries(Object.entries(schemas).map(([id, schema]) => [id, bare(schema)]));
}

/** Without what says where a schema stands when it stands alone. */
function bare(schema: object): JsonSchema {
  const { $schema: _, $id: __, ...rest } = schema as JsonSchema;
  return rest;
}

function operationOf(endpoint: Endpoint): Operation {
  const named = Object.entries(NAMED).find(([, schema]) => schema === endpoint.answer)?.[0];
  if (!named) throw new Error(`the answer of ${endpoint.name} has no name`);
  const parameters = parametersOf(endpoint);
  return {
    operationId: endpoint.name,
    tags: [tagName(tagOf(endpoint))],
    summary: text(`endpoints.${endpoint.name}.summary` as "endpoints.getKey.summary"),
    description: text(`endpoints.${endpoint.name}.description` as "endpoints.getKey.description"),
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(endpoint.body ? { requestBody: bodyOf(endpoint.body) } : {}),
    responses: {
      [endpoint.status]: {
        description: text(endpoint.status === 201 ? "answers.created" : "answers.ok"),
        content: json(ref(named)),
      },
      default: { description: text("answers.refused"), content: json(ref("Error")) },
    },
  };
}

function tagOf({ path }: Endpoint): string {
  if (!path.startsWith("/keys")) return "reads";
  return path.split("/").length > 3 ? "actions" : "keys";
}

function parametersOf(endpoint: Endpoint): Parameter[] {
  const parameters: Parameter[] = [];
  if (endpoint.path.includes("{id}")) {
    parameters.push({
      name: "id",
      in: "path",
      required: true,
      description: about("id"),
      schema: { type: "string" },
    });
  }
  if (endpoint.query) {
    const { properties = {} } = z.toJSONSchema(endpoint.query, { io: "input", unrepresentable: "any" });
    for (const [name, property] of Object.entries(properties)) {
      const { description, ...schema } = property as JsonSchema;
      parameters.push({ name, in: "query", required: false, description: String(description), schema });
    }
  }
  if (endpoint.method !== "GET") {
    const schema = { type: "string", minLength: 1, maxLength: 255 };
    const description = about("idempotency");
    parameters.push({ name: "Idempotency-Key", in: "header", required: false, description, schema });
  }
  return parameters;
}

function bodyOf(body: z.ZodType): { required: boolean; content: ReturnType<typeof json> } {
  const schema = bare(z.toJSONSchema(body, { io: "input" }));
  return { required: Array.isArray(schema.required) && schema.required.length > 0, content: json(schema) };
}
