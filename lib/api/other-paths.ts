import type { JsonSchema, Operation } from "@/lib/api/openapi";
import { text } from "@/lib/api/text";
import { env } from "@/lib/env";

interface OtherPath {
  path: string;
  method: string;
  operation: Operation;
}

const json = (schema: JsonSchema) => ({ "application/json": { schema } });
const anything: JsonSchema = { type: "object" };

/** What the document also tells of: the report of a leaked key, and the gateway's calls at its own address. */
export function otherPaths(): OtherPath[] {
  return [
    {
      path: "/api/leaks",
      method: "post",
      operation: {
        ...words("reportLeak", "leaks"),
        security: [],
        requestBody: {
          required: true,
          content: json({
            type: "object",
            properties: { key: { type: "string" }, url: { type: "string" } },
            required: ["key"],
          }),
        },
        responses: {
          "202": { description: text("answers.received"), content: json(anything) },
          default: {
            description: text("answers.refused"),
            content: json({ $ref: "#/components/schemas/Error" }),
          },
        },
      },
    },
    gateway("/v1/chat/completions", "post", "chatCompletions", {
      type: "object",
      properties: {
        model: { type: "string" },
        messages: { type: "array", items: anything },
        stream: { type: "boolean" },
      },
      required: ["model", "messages"],
    }),
    gateway("/v1/models", "get", "gatewayModels"),
    gateway("/v1/key", "get", "gatewayKey"),
    gateway("/v1/credits", "get", "gatewayCredits"),
    {
      ...gateway("/v1/generation", "get", "gatewayGeneration"),
      operation: {
        ...gateway("/v1/generation", "get", "gatewayGeneration").operation,
        parameters: [
          {
            name: "id",
            in: "query",
            required: true,
            description: text("endpoints.gatewayGeneration.summary"),
            schema: { type: "string" },
          },
        ],
      },
    },
  ];
}

/** A call of the gateway, whose bodies follow OpenAI's own reference and are not described here again. */
function gateway(path: string, method: string, name: string, body?: JsonSchema): OtherPath {
  return {
    path,
    method,
    operation: {
      ...words(name, "gateway"),
      servers: [{ url: env().publicApiUrl }],
      security: [{ apiKey: [] }],
      ...(body ? { requestBody: { required: true, content: json(body) } } : {}),
      responses: {
        "200": { description: text("answers.ok"), content: json(anything) },
        default: { description: text("answers.refused"), content: json(anything) },
      },
    },
  };
}

function words(name: string, tag: string) {
  return {
    operationId: name,
    tags: [text(`tags.${tag}` as "tags.keys")],
    summary: text(`endpoints.${name}.summary` as "endpoints.getKey.summary"),
    description: text(`endpoints.${name}.description` as "endpoints.getKey.description"),
  };
}
