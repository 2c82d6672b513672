import { describe, expect, it } from "vitest";
import { GatewayError } from "@/lib/gateway/gateway-error";
import { parseChat } from "./parse-chat";

const messages = [{ role: "user", content: "hi" }];
const parse = (body: unknown) =>
  parseChat(Buffer.from(typeof body === "string" ? body : JSON.stringify(body)));
function refusal(body: unknown): GatewayError {
  try {
    parse(body);
  } catch (error) {
    if (error instanceof GatewayError) return error;
    throw error;
  }
  throw new Error(`accepted: ${JSON.stringify(body)}`);
}

describe("a chat completion", () => {
  it("is read as it is, with nothing more than a model and messages", () => {
    expect(parse({ model: "m", messages })).toMatchObject({
      model: "m",
      stream: false,
      includeUsage: false,
      maxTokens: null,
      capFields: [],
      answers: 1,
      images: [],
      hasTools: false,
      structured: false,
    });
  });

  it("is refused when it is nested deeper than anyone means, before a stack anywhere ends", () => {
    const deep = (levels: number) =>
      `{"model":"m","messages":[{"role":"user","content":"a"}],"tools":${"[".repeat(levels)}${"]".repeat(levels)}}`;
    expect(refusal(deep(300_000)).message).toContain("256 levels");
    expect(refusal(deep(256)).code).toBe("invalid_request_error");
    expect(parse(deep(255)).hasTools).toBe(true);
  });

  it("is refused by the name of the field that is wrong", () => {
    const wrong: [unknown, string | null][] = [
      ["{", null],
      ["", null],
      ["[]", null],
      ["null", null],
      ['"text"', null],
      ['{"model":"m","messages":[{"role":"user","content":"a"}],"model":"m"}', "model"],
      [{ messages }, "model"],
      [{ model: 5, messages }, "model"],
      [{ model: "", messages }, "model"],
      [{ model: "m" }, "messages"],
      [{ model: "m", messages: "hi" }, "messages"],
      [{ model: "m", messages: [] }, "messages"],
      [{ model: "m", messages: ["hi"] }, "messages[0]"],
      [{ model: "m", messages: [null] }, "messages[0]"],
      [{ model: "m", messages: [{ content: "hi" }] }, "messages[0].role"],
      [{ model: "m", messages: [{ role: "user", content: 5 }] }, "messages[0].content"],
      [{ model: "m", messages: [{ role: "user", content: [5] }] }, "messages[0].content[0]"],
      [
        { model: "m", messages: [{ role: "user", content: [{ type: "image_url" }] }] },
        "messages[0].content[0].image_url.url",
      ],
      [
        { model: "m", messages: [{ role: "user", content: [{ type: "file", file: { file_id: "f" } }] }] },
        "messages[0].content[0]",
      ],
      [{ model: "m", messages, stream: "yes" }, "stream"],
      [{ model: "m", messages, stream_options: true }, "stream_options"],
      [{ model: "m", messages, stream_options: { include_usage: 1 } }, "stream_options.include_usage"],
      [{ model: "m", messages, max_tokens: -1 }, "max_tokens"],
      [{ model: "m", messages, max_tokens: 0 }, "max_tokens"],
      [{ model: "m", messages, max_tokens: 1.5 }, "max_tokens"],
      [{ model: "m", messages, max_tokens: "5" }, "max_tokens"],
      [{ model: "m", messages, max_tokens: 1e12 }, "max_tokens"],
      ['{"model":"m","messages":[{"role":"user"}],"max_tokens":1e999}', "max_tokens"],
      [{ model: "m", messages, max_completion_tokens: -5 }, "max_completion_tokens"],
      [{ model: "m", messages, n: 0 }, "n"],
      [{ model: "m", messages, n: 1000 }, "n"],
      [{ model: "m", messages, n: "2" }, "n"],
      [{ model: "m", messages, tools: {} }, "tools"],
      [{ model: "m", messages, response_format: "json" }, "response_format"],
      [{ model: "m", messages, service_tier: "priority" }, "service_tier"],
      [{ model: "m", messages, previous_response_id: "resp_1" }, "previous_response_id"],
    ];
    for (const [body, param] of wrong) {
      const error = refusal(body);
      expect([JSON.stringify(body), error.code, error.param]).toEqual([
        JSON.stringify(body),
        "invalid_request_error",
        param,
      ]);
    }
  });

  it("takes what real clients send: null content, parts, tool results as parts, unknown fields", () => {
    const request = parse({
      model: "m",
      messages: [
        { role: "developer", content: "x" },
        { role: "assistant", content: null, tool_calls: [] },
        { role: "tool", tool_call_id: "1", content: [{ type: "text", text: "r" }] },
        {
          role: "user",
          content: [
            { type: "text", text: "look" },
            { type: "image_url", image_url: { url: "https://x/y.png", detail: "low" } },
          ],
        },
      ],
      tools: [{ type: "function", function: { name: "f" } }],
      response_format: { type: "json_schema", json_schema: {} },
      stream: true,
      stream_options: { include_usage: true, include_obfuscation: false },
      max_tokens: 5,
      max_completion_tokens: 9,
      n: 2,
      stop: null,
      something_new: { a: 1 },
    });
    expect(request).toMatchObject({
      stream: true,
      includeUsage: true,
      maxTokens: 9,
      capFields: ["max_tokens", "max_completion_tokens"],
      answers: 2,
      images: [{ detail: "low", cutBytes: 0 }],
      hasTools: true,
      structured: true,
    });
  });
});
