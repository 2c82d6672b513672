import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CatalogModel } from "@/lib/catalog/types";
import type { RewriteTo, Settled } from "@/lib/gateway/dialects/api-request";
import { COST_MARK } from "@/lib/gateway/dialects/cost-mark";
import { NO_TOKENS } from "@/lib/gateway/price-call";
import { EmbeddingsRequest } from "./embeddings-request";
import { encodeVector } from "./encode-vector";

const parse = (body: object | string) =>
  EmbeddingsRequest.parse(
    Buffer.from(typeof body === "string" ? body : JSON.stringify({ model: "m", ...body })),
  );
const TO: RewriteTo = { upstreamId: "up", model: {} as CatalogModel, capTokens: null };
const SETTLED: Settled = { tokens: { ...NO_TOKENS, inputTokens: 7 }, chargedNano: 70n, finishReason: "stop" };

describe("a call for embeddings", () => {
  it.each([
    ["hi", ["hi"]],
    [
      ["a", "b"],
      ["a", "b"],
    ],
    [[1, 2, 3], [[1, 2, 3]]],
    [
      [[1, 2], [3]],
      [[1, 2], [3]],
    ],
  ])("takes %j", (input, inputs) => {
    const request = parse({ input });
    expect(request.fields.inputs).toEqual(inputs);
    expect([request.stream, request.maxTokens, request.answers]).toEqual([false, 0, 1]);
  });

  it.each([
    [{}, "input"],
    [{ input: "" }, "input"],
    [{ input: [] }, "input"],
    [{ input: ["a", ""] }, "input[1]"],
    [{ input: ["a", {}] }, "input[1]"],
    [{ input: ["a", []] }, "input[1]"],
    [{ input: [[1, -1]] }, "input[0][1]"],
    [{ input: [1, "a"] }, "input[1]"],
    [{ input: { text: "a" } }, "input"],
    [{ input: Array.from({ length: 2_049 }, () => "a") }, "input"],
    [{ input: "a", encoding_format: "int8" }, "encoding_format"],
    [{ input: "a", dimensions: 0 }, "dimensions"],
    [{ input: "a", dimensions: "256" }, "dimensions"],
    [{ input: "a", stream: true }, "stream"],
    [{ input: "a", model: 5 }, "model"],
  ])("refuses %j by name", (body, param) => {
    expect(() => parse(body)).toThrow(expect.objectContaining({ code: "invalid_request_error", param }));
  });

  it("counts tokens as they are, and texts as texts", () => {
    const texts = [...parse({ input: [[5, 6, 7]] }).inputTexts()];
    expect(texts).toEqual([" a a a"]);
    expect([...parse({ input: ["x", "y"] }).inputTexts()]).toEqual(["x", "y"]);
  });

  it("passes on byte for byte but for the model and what is ours", () => {
    const raw = '{"input" : ["h\\u00e9"], "model":"m", "usage":{"include":true},"truncate":1.0}';
    expect(parse(raw).rewrite(TO).toString()).toBe('{"input" : ["h\\u00e9"], "model":"up", "truncate":1.0}');
    expect(parse({ input: ["a", "b"], dimensions: 3, user: "u" }).toChat(TO)).toEqual({
      model: "up",
      input: ["a", "b"],
      dimensions: 3,
    });
  });
});

describe("the answer", () => {
  const list = (embedding: unknown) => ({
    object: "list",
    model: "up-2026",
    data: [{ object: "embedding", index: 0, embedding }],
    usage: { prompt_tokens: 3, total_tokens: 3 },
  });

  it("stays as it came where it is what was asked for", () => {
    expect(parse({ input: "a" }).amend(list([0.5]), SETTLED)).toBeNull();
    expect(parse({ input: "a", encoding_format: "base64" }).amend(list("AAAAPw=="), SETTLED)).toBeNull();
  });

  it("is encoded where an upstream did not", () => {
    expect(parse({ input: "a", encoding_format: "base64" }).amend(list([0.5, -1]), SETTLED)).toEqual({
      ...list("AAAAPwAAgL8="),
    });
    expect(parse({ input: "a" }).amend(list("AAAAPwAAgL8="), SETTLED)).toEqual(list([0.5, -1]));
  });

  it("says what it cost where that is asked for", () => {
    expect(parse({ input: "a", usage: { include: true } }).amend(list([0.5]), SETTLED)).toMatchObject({
      usage: { prompt_tokens: 3, cost: COST_MARK },
    });
  });

  it("is made of another upstream's vectors with the usage that was settled", () => {
    const data = [{ object: "embedding", index: 0, embedding: [0.5] }];
    expect(
      parse({ input: "a", encoding_format: "base64" }).fromCompletion({ object: "list", data }, SETTLED),
    ).toEqual({
      object: "list",
      model: "m",
      data: [{ object: "embedding", index: 0, embedding: "AAAAPw==" }],
      usage: { prompt_tokens: 7, total_tokens: 7 },
    });
  });

  it("loses no bit of a 32-bit float on the way to base64 and back", () => {
    fc.assert(
      fc.property(fc.array(fc.float({ noNaN: true, noDefaultInfinity: true })), (vector) => {
        const there = encodeVector(vector, "base64");
        expect(encodeVector(there, "float")).toEqual(vector);
      }),
    );
  });
});
