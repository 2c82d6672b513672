import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type GeminiBody, whyRefused } from "@/e2e/fakes/gemini-checks";
import type { CatalogModel } from "@/lib/catalog/types";
import type { Json } from "@/lib/gateway/dialects/api-request";
import { toGeminiRequest } from "./gemini-request";

/** Whatever an OpenAI client may hold as a conversation, every text of it a word of its own. */
function conversation(): fc.Arbitrary<Json[]> {
  let count = 0;
  const word = fc.constant(0).map(() => `w${count++}`);
  const text = fc.oneof({ weight: 5, arbitrary: word }, fc.constant(""));
  const image = { type: "image_url", image_url: { url: "data:image/png;base64,iVBO" } };
  const parts = fc.array(
    fc.oneof(
      text.map((one) => ({ type: "text", text: one })),
      fc.constant(image),
    ),
    { maxLength: 3 },
  );
  const said = fc.record({
    role: fc.constantFrom("user", "system", "developer", "assistant"),
    content: fc.oneof(
      text,
      text.map((one) => [{ type: "text", text: one }]),
    ),
  });
  const shown = parts.map((content) => ({ role: "user", content }));
  const calls = fc
    .record({
      lead: fc.oneof(fc.constant(null), text),
      names: fc.array(fc.constantFrom("look_up", "clock"), { minLength: 1, maxLength: 3 }),
      signed: fc.boolean(),
      results: fc.array(fc.oneof(text, parts), { minLength: 3, maxLength: 3 }),
      reversed: fc.boolean(),
    })
    .map(({ lead, names, signed, results, reversed }) => {
      const made = names.map((name, at) => ({
        id: `call_${count++}`,
        type: "function",
        function: { name, arguments: at === 1 ? "{broken" : '{"a":1}' },
        ...(signed && at === 0 ? { extra_content: { google: { thought_signature: "c2ln" } } } : {}),
      }));
      const answers = made.map((call, at) => ({ role: "tool", tool_call_id: call.id, content: results[at] }));
      return [
        { role: "assistant", content: lead, tool_calls: made },
        ...(reversed ? answers.reverse() : answers),
      ];
    });
  const turn = fc.oneof(
    said.map((one): Json[] => [one]),
    shown.map((one): Json[] => [one]),
    calls,
  );
  return fc.array(turn, { minLength: 1, maxLength: 6 }).map((turns) => turns.flat());
}

const wordsOf = (value: unknown) => JSON.stringify(value).match(/w\d+/g) ?? [];

describe("any conversation", () => {
  it.each(["gemini-2.5-flash", "gemini-3.5-flash", "gemma-3-27b-it"])(
    "becomes one that %s takes, with every word once and in order",
    (upstreamId) => {
      fc.assert(
        fc.property(conversation(), (messages) => {
          const to = { upstreamId, capTokens: null, model: { reasoning: true } as CatalogModel };
          const body = toGeminiRequest({ messages }, to);
          expect(whyRefused(body as unknown as GeminiBody, upstreamId)).toBeNull();
          expect(wordsOf([body.systemInstruction ?? null, body.contents])).toEqual(wordsOf(messages));
          const images = (from: unknown) => JSON.stringify(from).match(/iVBO/g)?.length ?? 0;
          expect(images(body)).toBe(images(messages));
        }),
        { numRuns: 200 },
      );
    },
  );
});
