import { describe, expect, it } from "vitest";
import { checkSequence, type SeenEvent } from "@/e2e/fakes/responses-sequence";
import { FAILED_STREAM, INCOMPLETE_STREAM, TEXT_STREAM, TOOLS_STREAM } from "@/e2e/fakes/responses-streams";
import type { Json, Settled } from "@/lib/gateway/dialects/api-request";
import { NO_TOKENS } from "@/lib/gateway/price-call";
import { ResponsesObserver } from "@/lib/gateway/upstreams/responses/responses-observer";
import { ResponsesRequest } from "./responses-request";

const settled: Settled = {
  tokens: { ...NO_TOKENS, inputTokens: 3, outputTokens: 2 },
  chargedNano: 5_000n,
  finishReason: "stop",
};

function pass(events: readonly Json[], body: Json = {}) {
  const texts: string[] = [];
  const seen: SeenEvent[] = [];
  const observer = new ResponsesObserver();
  const request = ResponsesRequest.parse(
    Buffer.from(JSON.stringify({ model: "m", input: "Hi", stream: true, ...body })),
  );
  const face = request.openFace({
    event: (data, name) => {
      texts.push(data);
      seen.push({ name, event: JSON.parse(data) as Json });
    },
  });
  for (const event of structuredClone(events) as Json[]) {
    observer.event(event);
    face.native(JSON.stringify(event), event, event.type as string);
  }
  return { face, observer, texts, seen };
}

describe("a stream of the same dialect", () => {
  it.each([TEXT_STREAM, TOOLS_STREAM, INCOMPLETE_STREAM])(
    "passes as it came, its end kept until the settle",
    (...events) => {
      const { face, observer, texts, seen } = pass(events);
      expect(texts).toEqual(events.slice(0, -1).map((event) => JSON.stringify(event)));
      face.complete(settled, observer);
      expect(JSON.parse(texts.at(-1) ?? "")).toEqual(events.at(-1));
      checkSequence(seen);
    },
  );

  it("says what it cost where that is asked for, and what was used where the upstream does not", () => {
    const costs = pass(TEXT_STREAM, { usage: { include: true } });
    costs.face.complete(settled, costs.observer);
    expect(costs.texts.at(-1)).toContain('"total_tokens":1495,"cost":0.000005}');
    const bare = pass([
      ...TEXT_STREAM.slice(0, -1),
      { type: "response.completed", response: { id: "r", status: "completed" } },
    ]);
    bare.face.complete(settled, bare.observer);
    expect(JSON.parse(bare.texts.at(-1) ?? "").response.usage).toMatchObject({
      input_tokens: 3,
      output_tokens: 2,
    });
  });

  it.each([TEXT_STREAM, TOOLS_STREAM])("cut anywhere by the balance, it ends whole", (...events) => {
    for (let length = 2; length < events.length; length++) {
      const { face, observer, seen } = pass(events.slice(0, length));
      face.cut(settled, observer);
      const response = checkSequence(seen);
      expect(response).toMatchObject({
        status: "incomplete",
        incomplete_details: { reason: "max_output_tokens" },
        model: "gpt-5-2025-08-07",
        usage: { total_tokens: 5 },
      });
    }
    const { face, observer, seen } = pass(TEXT_STREAM.slice(0, 12));
    face.cut(settled, observer);
    expect(checkSequence(seen).output).toMatchObject([
      { type: "reasoning", encrypted_content: "gAAAAABor0Aw" },
      { type: "message", status: "incomplete", content: [{ text: "Fo" }] },
    ]);
  });

  it("broken off, it fails under its own id and with what had come", () => {
    const { face, seen } = pass(FAILED_STREAM.slice(0, -1));
    face.fail(JSON.stringify({ error: { code: "upstream_unavailable", message: "It broke off." } }));
    expect(checkSequence(seen)).toMatchObject({
      id: "resp_68af4030592c81938ec0a5fbab4a3e9f",
      status: "failed",
      error: { code: "upstream_unavailable", message: "It broke off." },
    });
  });
});
