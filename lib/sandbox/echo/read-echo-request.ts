import type { EchoRequest } from "@/lib/sandbox/echo/compose-answer";

type Json = Record<string, unknown>;
const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** How the answer is wanted, beside what was asked. */
export interface EchoOptions {
  model: string;
  stream: boolean;
  includeUsage: boolean;
  maxTokens: number | null;
  answers: number;
}

/** The request in what the sandbox model understands, or the name of the field that is wrong. */
export function readEchoRequest(
  body: unknown,
): { request: EchoRequest; options: EchoOptions } | { wrong: string } {
  if (!isObject(body)) return { wrong: "body" };
  if (typeof body.model !== "string") return { wrong: "model" };
  if (!Array.isArray(body.messages) || body.messages.length === 0) return { wrong: "messages" };
  const maxTokens = body.max_completion_tokens ?? body.max_tokens ?? null;
  if (
    maxTokens !== null &&
    (typeof maxTokens !== "number" || !Number.isInteger(maxTokens) || maxTokens < 1)
  ) {
    return { wrong: "max_tokens" };
  }
  const answers = body.n ?? 1;
  if (typeof answers !== "number" || !Number.isInteger(answers) || answers < 1 || answers > 128)
    return { wrong: "n" };
  const format = isObject(body.response_format) ? body.response_format : {};
  const schema =
    isObject(format.json_schema) && isObject(format.json_schema.schema) ? format.json_schema.schema : null;
  return {
    request: {
      messages: body.messages.map(readMessage),
      tools: Array.isArray(body.tools) ? body.tools.flatMap(readTool) : [],
      toolChoice: body.tool_choice ?? null,
      format: format.type === "json_schema" || format.type === "json_object" ? "json" : "text",
      schema,
    },
    options: {
      model: body.model,
      stream: body.stream === true,
      includeUsage: isObject(body.stream_options) && body.stream_options.include_usage === true,
      maxTokens,
      answers,
    },
  };
}

function readMessage(value: unknown): EchoRequest["messages"][number] {
  const message = isObject(value) ? value : {};
  const role = typeof message.role === "string" ? message.role : "user";
  const { content } = message;
  if (typeof content === "string") return { role, text: content, images: 0 };
  const parts = Array.isArray(content) ? content.filter(isObject) : [];
  const texts = parts.map((part) => part.text).filter((text) => typeof text === "string");
  return { role, text: texts.join("\n"), images: parts.filter((part) => part.type === "image_url").length };
}

function readTool(value: unknown): EchoRequest["tools"][number][] {
  const called = isObject(value) && isObject(value.function) ? value.function : null;
  if (!called || typeof called.name !== "string") return [];
  return [{ name: called.name, parameters: isObject(called.parameters) ? called.parameters : {} }];
}
