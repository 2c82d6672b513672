import { describe, expect, it } from "vitest";
import type { CatalogModel } from "@/lib/catalog/types";
import type { Json } from "@/lib/gateway/dialects/api-request";
import { NO_TOKENS } from "@/lib/gateway/price-call";
import { GEMINI_EMBEDDINGS_WIRE } from "@/lib/gateway/upstreams/google/gemini-embeddings-wire";
import { EMBEDDINGS_WIRE } from "./embeddings-wire";

const TO = { upstreamId: "gemini-embedding-001", model: {} as CatalogModel, capTokens: null };
const openai = (body: Json) => EMBEDDINGS_WIRE.readPlain(body, JSON.stringify(body));
const gemini = (body: Json) => GEMINI_EMBEDDINGS_WIRE.readPlain(body, JSON.stringify(body));

describe("OpenAI's embeddings", () => {
  const data = [{ object: "embedding", index: 0, embedding: "AAAAPw==" }];
  it("are delivered when there are any, and cost their input", () => {
    expect(openai({ data, usage: { prompt_tokens: 8, total_tokens: 8 } })).toMatchObject({
      delivered: true,
      usage: { ...NO_TOKENS, inputTokens: 8 },
      finishReason: "stop",
      finished: true,
    });
    expect(openai({ data: [], usage: { prompt_tokens: 8 } })).toMatchObject({ delivered: false });
  });

  it.each([
    [{ total_tokens: 9 }, 9],
    [{ prompt_tokens: 0, total_tokens: 9 }, 9],
    [{ input_tokens: 9 }, 9],
    [{ prompt_tokens: 8, total_tokens: 8, completion_tokens: 0 }, 8],
  ])("say what they used by any name: %j", (usage, tokens) => {
    expect(openai({ data, usage })).toMatchObject({ usage: { inputTokens: tokens, reasoningTokens: 0 } });
  });

  it.each([
    [undefined],
    [null],
    [{}],
    [{ prompt_tokens: -1 }],
    [{ prompt_tokens: 1e12 }],
    [{ prompt_tokens: 0 }],
  ])("are counted where %j says nothing", (usage) => {
    expect(openai({ data, usage })).toMatchObject({ usage: null });
  });

  it("may be an error, or nothing of the kind", () => {
    expect(openai({ error: { message: "x", code: 429 } })).toMatchObject({ kind: "status", status: 429 });
    expect(openai({ choices: [] })).toMatchObject({ kind: "malformed" });
  });
});

describe("Gemini's embeddings", () => {
  it("are asked for in one batch", () => {
    expect(GEMINI_EMBEDDINGS_WIRE.fromChat({ input: ["a", "b"], dimensions: 256 }, TO)).toEqual({
      requests: ["a", "b"].map((text) => ({
        model: "models/gemini-embedding-001",
        content: { parts: [{ text }] },
        outputDimensionality: 256,
      })),
    });
  });

  it.each([[[[1, 2]]], [Array.from({ length: 101 }, () => "a")]])("cannot be asked for %j", (input) => {
    expect(() => GEMINI_EMBEDDINGS_WIRE.fromChat({ input }, TO)).toThrow(
      expect.objectContaining({ code: "unsupported_capability", param: "input" }),
    );
  });

  it("become OpenAI's list, and are counted where they tell no usage", () => {
    const body = { embeddings: [{ values: [0.5, 1] }, { values: [0, 1] }] };
    expect(GEMINI_EMBEDDINGS_WIRE.toCompletion(body)).toEqual({
      object: "list",
      data: [
        { object: "embedding", index: 0, embedding: [0.5, 1] },
        { object: "embedding", index: 1, embedding: [0, 1] },
      ],
    });
    expect(gemini(body)).toMatchObject({ delivered: true, usage: null });
    expect(gemini({ ...body, usageMetadata: { promptTokenCount: 5 } })).toMatchObject({
      usage: { inputTokens: 5 },
    });
  });

  it("may be an error, or nothing of the kind", () => {
    expect(gemini({ error: { code: 404, status: "NOT_FOUND", message: "x" } })).toMatchObject({
      status: 404,
    });
    expect(gemini({ embeddings: [{}] })).toMatchObject({ kind: "malformed" });
    expect(gemini({ candidates: [] })).toMatchObject({ kind: "malformed" });
  });
});
