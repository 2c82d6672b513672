import fc from "fast-check";
import { expect, it } from "vitest";
import type { Json } from "@/lib/gateway/dialects/api-request";
import { GEMINI_WIRE } from "./gemini-wire";

const part: fc.Arbitrary<Json> = fc.oneof(
  fc.record({ text: fc.string({ minLength: 1, maxLength: 5 }) }),
  fc.record({ text: fc.string({ minLength: 1, maxLength: 5 }), thought: fc.constant(true) }),
  fc.record({ text: fc.constant(""), thoughtSignature: fc.constant("c2ln") }),
  fc
    .record({
      id: fc.uuid(),
      name: fc.constantFrom("f", "g"),
      args: fc.dictionary(fc.string(), fc.jsonValue()),
    })
    .map((functionCall) => ({ functionCall })),
  fc.record({ inlineData: fc.constant({ mimeType: "image/png", data: "iVBO" }) }),
);

/** The message that a client puts together from the chunks of one answer. */
function assemble(chunks: Json[]): Json {
  const message: Json = {};
  const append = (name: string, value: unknown) => {
    if (typeof value === "string") message[name] = `${(message[name] as string | undefined) ?? ""}${value}`;
    if (Array.isArray(value)) message[name] = [...((message[name] as unknown[] | undefined) ?? []), ...value];
  };
  for (const choice of chunks.flatMap((chunk) => chunk.choices as Json[])) {
    for (const [name, value] of Object.entries(choice.delta as Json)) append(name, value);
    if (choice.finish_reason) message.finish = choice.finish_reason;
  }
  return message;
}

it("is the same whole and in any number of pieces", () => {
  const events = fc.array(fc.array(part, { maxLength: 3 }), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(events, fc.constantFrom("STOP", "MAX_TOKENS", "SAFETY"), (pieces, finishReason) => {
      const whole = (parts: Json[], last: boolean): Json => ({
        candidates: [{ index: 0, content: { parts }, ...(last ? { finishReason } : {}) }],
      });
      const stream = GEMINI_WIRE.openStream();
      const chunks = pieces.flatMap((parts, at) => {
        const read = stream.read(JSON.stringify(whole(parts, at === pieces.length - 1)), null);
        return read.kind === "event" ? stream.toChunks(read.json) : [];
      });
      chunks.push(...(stream.lastChunks?.() ?? []));
      const body = whole(pieces.flat(), true);
      const streamed = assemble(chunks);
      const [choice] = GEMINI_WIRE.toCompletion(body).choices as Json[];
      const message = choice?.message as Json;
      const calls = (streamed.tool_calls as Json[] | undefined)?.map(({ index: _, ...call }) => call);
      expect(streamed.role).toBe("assistant");
      expect(streamed.content ?? null).toEqual(message.content);
      expect(streamed.reasoning_content).toEqual(message.reasoning_content);
      expect([streamed.images, calls]).toEqual([message.images, message.tool_calls]);
      expect((streamed.tool_calls as Json[] | undefined)?.map((call) => call.index)).toEqual(
        calls?.map((_, at) => at),
      );
      expect([streamed.finish, stream.observer.finishReason]).toEqual([
        choice?.finish_reason,
        choice?.finish_reason,
      ]);
      const plain = GEMINI_WIRE.readPlain(body, "") as typeof stream.observer;
      expect(stream.observer.delivered).toBe(plain.delivered);
      expect(stream.observer.countOutput()).toEqual(plain.countOutput());
    }),
    { numRuns: 200 },
  );
});
