import { describe, expect, it } from "vitest";
import { codexKnownModel } from "@/e2e/fakes/responses-codex";
import type { CatalogModel } from "@/lib/catalog/types";
import type { Json } from "@/lib/gateway/dialects/api-request";
import { NO_TOKENS } from "@/lib/gateway/price-call";
import { ResponsesRequest } from "./responses-request";

const model = {} as CatalogModel;

function rewrite(text: string, capTokens: number | null = null, upstreamId = "m"): string {
  return ResponsesRequest.parse(Buffer.from(text)).rewrite({ upstreamId, model, capTokens }).toString("utf8");
}

describe("the body for an upstream that speaks this dialect", () => {
  it("is the caller's own, byte for byte, where nothing must change", () => {
    const text = '{ "model":"m",\n "store" : false, "input": "H\\u0069 ☃", "unheard_of":[1.50,2e3] }';
    expect(rewrite(text)).toBe(text);
  });

  it("changes model, cap and store, and nothing else", () => {
    const text =
      '{"model":"m","input":[ {"role":"user","content":"\\u00e9"} ],"max_output_tokens":900,"x":1.0}';
    expect(rewrite(text, 50, "up")).toBe(
      '{"store":false,"model":"up","input":[ {"role":"user","content":"\\u00e9"} ],"max_output_tokens":50,"x":1.0}',
    );
    expect(rewrite('{"model":"m","store":true,"input":"a"}')).toBe('{"model":"m","store":false,"input":"a"}');
    expect(rewrite('{"model":"m","store":false,"input":"a"}', 50)).toBe(
      '{"max_output_tokens":50,"model":"m","store":false,"input":"a"}',
    );
  });

  it("leaves out tools that the provider bills apart, also those in items, and our own field", () => {
    const text =
      '{"model":"m","store":false,"usage":{"include":true},"input":"a","tools":[{"type":"web_search"},{"type":"function","name":"f"}]}';
    expect(rewrite(text)).toBe(
      '{"model":"m","store":false,"input":"a","tools":[{"type":"function","name":"f"}]}',
    );

    const known = JSON.stringify(codexKnownModel("m"));
    const search = ',{"type":"web_search","external_web_access":false}';
    expect(known).toContain(search);
    expect(rewrite(known)).toBe(known.replace(search, ""));
  });

  it("leaves out thoughts that the upstream cannot read, and no others", () => {
    const items = [
      '{ "type":"reasoning","id":"rs_1","summary":[],"encrypted_content":"gAAA" }',
      '{"type":"reasoning","id":"rs_2","summary":[{"type":"summary_text","text":"a, ] }"}]}',
      '{"type":"reasoning","id":"rs_3","summary":[],"encrypted_content":"tg1:{}"}',
      '{"type":"reasoning","id":"rs_4","summary":[],"content":[{"type":"reasoning_text","text":"b"}]}',
      '{"role":"user","content":"brackets \\" ] } , in a text"}',
    ];
    const text = `{"model":"m","store":false,"input":[${items.join(" , ")}]}`;
    expect(rewrite(text)).toBe(
      `{"model":"m","store":false,"input":[${[items[0], items[3], items[4]].join(",")}]}`,
    );
  });

  it("passes long data on whole", () => {
    const url = `data:image/png;base64,${"A".repeat(40_000)}`;
    const body = {
      model: "m",
      input: [
        { type: "reasoning", id: "rs_2", summary: [] },
        { role: "user", content: [{ type: "input_image", image_url: url }] },
      ],
    };
    expect(JSON.parse(rewrite(JSON.stringify(body)))).toEqual({
      ...body,
      store: false,
      input: [body.input[1]],
    });
  });
});

describe("a plain answer", () => {
  const settled = {
    tokens: { ...NO_TOKENS, inputTokens: 3, outputTokens: 2 },
    chargedNano: 7_000n,
    finishReason: "stop",
  };
  const parse = (body: Json) =>
    ResponsesRequest.parse(Buffer.from(JSON.stringify({ model: "m", input: "Hi", ...body })));

  it("of the same dialect passes as it came, unless cost or usage must be added", () => {
    const usage = { input_tokens: 3, output_tokens: 2, total_tokens: 5 };
    expect(parse({}).amend({ id: "resp_1", usage }, settled)).toBeNull();
    expect(parse({}).amend({ id: "resp_1", usage: null }, settled)).toMatchObject({
      usage: { input_tokens: 3, output_tokens: 2, total_tokens: 5 },
    });
    const told = parse({ usage: { include: true } }).amend({ id: "resp_1", usage }, settled);
    expect(told).toMatchObject({ usage: { cost: expect.stringMatching(/^cost-/) } });
  });

  it("of a chat completion becomes a response", () => {
    const response = parse({}).fromCompletion(
      {
        choices: [
          {
            message: {
              role: "assistant",
              content: "Four",
              reasoning: "Two and two",
              tool_calls: [{ id: "a", type: "function", function: { name: "f", arguments: "" } }],
            },
            finish_reason: "tool_calls",
          },
        ],
      },
      settled,
    );
    expect(response).toMatchObject({
      object: "response",
      status: "completed",
      model: "m",
      output: [
        {
          type: "reasoning",
          summary: [{ type: "summary_text", text: "Two and two" }],
          encrypted_content: 'tg1:{"field":"reasoning"}',
        },
        { type: "message", status: "completed", content: [{ type: "output_text", text: "Four" }] },
        { type: "function_call", status: "completed", call_id: "a", name: "f", arguments: "{}" },
      ],
      usage: { input_tokens: 3, output_tokens: 2, total_tokens: 5 },
    });
    const cut = parse({}).fromCompletion(
      { choices: [{ message: { content: "Fo" }, finish_reason: "length" }] },
      settled,
    );
    expect(cut).toMatchObject({
      status: "incomplete",
      incomplete_details: { reason: "max_output_tokens" },
      output: [{ status: "incomplete" }],
    });
  });
});
