import fc from "fast-check";
import { describe, it } from "vitest";
import { codexFirstTurn, codexKnownModel, codexSecondTurn } from "@/e2e/fakes/responses-codex";
import type { CatalogModel } from "@/lib/catalog/types";
import { GatewayError } from "@/lib/gateway/gateway-error";
import { ChatObserver } from "@/lib/gateway/upstreams/chat-observer";
import { ResponsesObserver } from "@/lib/gateway/upstreams/responses/responses-observer";
import { RESPONSES_WIRE } from "@/lib/gateway/upstreams/responses/responses-wire";
import { ResponsesRequest } from "./responses-request";

const model = { reasoning: true, promptCache: true } as CatalogModel;
const to = { upstreamId: "up", model, capTokens: 50 };
const settled = { tokens: {} as never, chargedNano: 1n, finishReason: null };

const full = {
  ...codexSecondTurn(
    "m",
    [
      {
        type: "reasoning",
        id: "rs",
        summary: [{ type: "summary_text", text: "a" }],
        encrypted_content: 'tg1:{"calls":{"a":{}}}',
      },
      {
        type: "message",
        role: "assistant",
        content: [
          { type: "output_text", text: "b" },
          { type: "refusal", refusal: "c" },
        ],
      },
      { type: "function_call", call_id: "a", name: "f", namespace: "n", arguments: "{}" },
      { type: "custom_tool_call", call_id: "b", name: "g", input: "d" },
    ],
    "e",
  ),
  instructions: "f",
  text: { format: { type: "json_schema", name: "s", schema: {} }, verbosity: "low" },
  tool_choice: { type: "allowed_tools", mode: "auto", tools: [{ type: "function", name: "f" }] },
  usage: { include: true },
  top_logprobs: 2,
  metadata: { a: "b" },
};
const bodies = [full, codexFirstTurn("m"), codexKnownModel("m"), { model: "m", input: "Hi", stream: true }];

/** Every place in a value, as keys from its root. */
function places(value: unknown, at: (string | number)[] = []): (string | number)[][] {
  if (typeof value !== "object" || value === null) return [at];
  const inner = Object.entries(value).flatMap(([key, child]) => places(child, [...at, key]));
  return at.length === 0 ? inner : [at, ...inner];
}

const mutated = fc
  .tuple(
    fc.constantFrom(...bodies),
    fc.array(fc.tuple(fc.nat(), fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.constant(undefined))), {
      maxLength: 4,
    }),
  )
  .map(([body, changes]) => {
    const copy = structuredClone(body) as Record<string, unknown>;
    for (const [pick, value] of changes) {
      const all = places(copy);
      const path = all[pick % all.length] ?? [];
      let holder: Record<string, unknown> = copy;
      for (const key of path.slice(0, -1)) holder = holder[key] as Record<string, unknown>;
      const last = path.at(-1);
      if (last !== undefined) holder[last] = value;
    }
    return copy;
  });

/** Runs it; what is not a refusal in so many words is a fault. */
function orRefused(run: () => void): void {
  try {
    run();
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error;
  }
}

describe("any body whatever", () => {
  it("is read, rewritten and translated, or refused", () => {
    fc.assert(
      fc.property(mutated, (body) => {
        orRefused(() => {
          const request = ResponsesRequest.parse(Buffer.from(JSON.stringify(body)));
          const texts = [...request.inputTexts()];
          if (texts.some((text) => typeof text !== "string")) throw new Error("a text that is none");
          JSON.parse(request.rewrite(to).toString("utf8"));
          orRefused(() => {
            const chat = request.toChat(to);
            JSON.stringify(RESPONSES_WIRE.fromChat(chat, to));
          });
        });
      }),
      { numRuns: 400 },
    );
  }, 20_000);

  it("answered with any completion or chunk makes a response", () => {
    const anyCompletion = fc.jsonValue({ maxDepth: 5 });
    const shaped = fc.record({
      choices: fc.array(
        fc.record({
          index: fc.constantFrom(0, 1),
          message: fc.record({
            content: fc.jsonValue(),
            tool_calls: fc.jsonValue(),
            reasoning_details: fc.jsonValue(),
          }),
          delta: fc.record({
            content: fc.jsonValue(),
            tool_calls: fc.jsonValue(),
            reasoning_details: fc.jsonValue(),
          }),
          finish_reason: fc.constantFrom(null, "stop", "length"),
          logprobs: fc.jsonValue(),
        }),
      ),
    });
    fc.assert(
      fc.property(fc.oneof(anyCompletion, shaped), (value) => {
        const completion = (typeof value === "object" && value !== null ? value : {}) as Record<
          string,
          unknown
        >;
        const request = ResponsesRequest.parse(Buffer.from('{"model":"m","input":"Hi"}'));
        request.fromCompletion(completion, settled);
        const face = request.openFace({ event: () => undefined });
        face.chunk(completion);
        face.complete(settled, new ChatObserver());
      }),
      { numRuns: 200 },
    );
  }, 20_000);

  it("any event of an upstream is passed, followed and ended", () => {
    const event = fc.record({
      type: fc.constantFrom(
        "response.created",
        "response.output_item.added",
        "response.output_item.done",
        "response.content_part.added",
        "response.reasoning_summary_part.added",
        "response.output_text.delta",
        "response.function_call_arguments.delta",
        "response.completed",
        "error",
        "response.failed",
        "",
      ),
      output_index: fc.oneof(fc.nat(2), fc.jsonValue()),
      content_index: fc.oneof(fc.nat(2), fc.jsonValue()),
      item: fc.oneof(
        fc.record({
          type: fc.constantFrom("message", "reasoning", "function_call"),
          content: fc.jsonValue(),
        }),
        fc.jsonValue(),
      ),
      part: fc.jsonValue(),
      delta: fc.oneof(fc.string(), fc.jsonValue()),
      response: fc.oneof(
        fc.record({ status: fc.string(), output: fc.jsonValue(), usage: fc.jsonValue() }),
        fc.jsonValue(),
      ),
    });
    fc.assert(
      fc.property(fc.array(event, { maxLength: 8 }), (events) => {
        const request = ResponsesRequest.parse(Buffer.from('{"model":"m","input":"Hi"}'));
        const stream = RESPONSES_WIRE.openStream();
        const face = request.openFace({ event: () => undefined });
        for (const each of events) {
          let read: ReturnType<typeof stream.read>;
          try {
            read = stream.read(JSON.stringify(each), each.type);
          } catch {
            // What cannot be read is a failure of the upstream's.
            break;
          }
          if (read.kind === "failed") break;
          if (read.kind === "ignore" || !read.json) continue;
          stream.toChunks(read.json);
          face.native(JSON.stringify(each), read.json, each.type);
        }
        face.cut(settled, new ResponsesObserver());
      }),
      { numRuns: 200 },
    );
  }, 20_000);
});
