import fc from "fast-check";
import { countTokens as countCl100k } from "gpt-tokenizer/encoding/cl100k_base";
import { countTokens } from "gpt-tokenizer/encoding/o200k_base";
import { describe, expect, it } from "vitest";
import { countText, countTexts } from "@/lib/gateway/count-tokens";
import { ChatRequest } from "@/lib/gateway/dialects/chat/chat-request";
import { boundInput, boundInputByCounting, countInput } from "./bound-input";

const PLAIN = { disallowedSpecial: new Set<string>() };
const request = (contents: string[], more: object = {}) =>
  ChatRequest.parse(
    Buffer.from(
      JSON.stringify({
        model: "m",
        messages: contents.map((content) => ({ role: "user", content })),
        ...more,
      }),
    ),
  );

const anyText = fc.oneof(
  fc.string({ unit: "binary", maxLength: 400 }),
  fc.string({ unit: "grapheme", maxLength: 400 }),
  fc.string({
    unit: fc.constantFrom("漢", "字", "ひ", "한", "ا", "ไ", "😀", "👩‍👩‍👧", "\u200b", "\ufdfa"),
    maxLength: 200,
  }),
  fc.string({ unit: fc.constantFrom(" ", "\n", "\t", "{", '"', "\\", "#", "0", "é"), maxLength: 400 }),
);

describe("the bound of the input", () => {
  it("is never below the true count, whatever the text", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyText, { minLength: 1, maxLength: 5 }), async (contents) => {
        const chat = request(contents);
        const truth = contents.reduce((sum, text) => sum + countTokens(text, PLAIN) + 3, 3);
        const older = contents.reduce((sum, text) => sum + countCl100k(text, PLAIN) + 4, 3);
        const byBytes = boundInput(chat, []).tokens;
        const byCounting = (await boundInputByCounting(chat, [])).tokens;
        expect(byBytes).toBeGreaterThanOrEqual(Math.max(truth, older));
        expect(byCounting).toBeGreaterThanOrEqual(truth);
        expect(byCounting).toBeLessThanOrEqual(byBytes);
      }),
      { numRuns: 300 },
    );
  });

  it("is closer when counted", async () => {
    const chat = request(["The quick brown fox jumps over the lazy dog. ".repeat(400)]);
    const counted = await countInput(chat);
    const bound = (await boundInputByCounting(chat, [])).tokens;
    expect(bound).toBeGreaterThan(counted);
    expect(bound).toBeLessThan(counted * 1.6 + 200);
    expect(boundInput(chat, []).tokens).toBeGreaterThan(bound * 2);
  });

  const withImages = (...urls: string[]) =>
    request([], {
      messages: [{ role: "user", content: urls.map((url) => ({ type: "image_url", image_url: { url } })) }],
    });

  it("counts pictures by a stated bound, not by the length of their base64", () => {
    const chat = withImages(`data:image/avif;base64,${"A".repeat(3_000_000)}`);
    expect(boundInput(chat, ["pixtral"])).toEqual({ tokens: expect.any(Number), imageTokens: 17_000 });
    expect(boundInput(chat, ["pixtral"]).tokens).toBeLessThan(17_500);
    expect(boundInput(chat, ["gpt-4o-mini"]).imageTokens).toBe(48_169);
    expect(boundInput(chat, []).imageTokens).toBe(17_000);
  });

  it("counts pictures by their size, where they tell it, at the highest of the routes", () => {
    const head = Buffer.alloc(24);
    head.write("\x89PNG\r\n\x1a\n", "latin1");
    head.writeUInt32BE(1_024, 16);
    head.writeUInt32BE(1_024, 20);
    for (const length of [24, 300_000]) {
      const url = `data:image/png;base64,${Buffer.concat([head, Buffer.alloc(length)]).toString("base64")}`;
      expect(boundInput(withImages(url), ["claude-sonnet-4-5"]).imageTokens).toBe(1_399);
      expect(boundInput(withImages(url, url), ["gemini-3.5-flash"]).imageTokens).toBe(4_480);
      expect(boundInput(withImages(url), ["gemini-3.5-flash", "gpt-4o"]).imageTokens).toBe(2_520);
    }
  });

  it("finds the size of a JPEG behind a long profile, also where slashes are escaped", () => {
    const profile = Buffer.concat([Buffer.from([0xff, 0xe2, 0xff, 0xff]), Buffer.alloc(65_533, 0xff)]);
    const frame = Buffer.from([0xff, 0xc0, 0, 17, 8, 0x03, 0x00, 0x04, 0x00, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    const jpeg = Buffer.concat([Buffer.from([0xff, 0xd8]), profile, profile, frame, Buffer.alloc(50_000)]);
    const chat = withImages(`data:image/jpeg;base64,${jpeg.toString("base64")}`);
    expect(boundInput(chat, ["claude-sonnet-4-5"]).imageTokens).toBe(1_049);
    const escaped = ChatRequest.parse(Buffer.from(chat.bytes.toString().replaceAll("/", "\\/")));
    expect(boundInput(escaped, ["claude-sonnet-4-5"]).imageTokens).toBe(1_049);
  });

  it("counts a long data URL that is no picture by its bytes", () => {
    const chat = request([`data:text/plain,${"A".repeat(100_000)}`]);
    expect(boundInput(chat, []).tokens).toBeGreaterThan(100_000);
  });
});

describe("counting", () => {
  it("is OpenAI's, but for a token at most where a long text is cut", () => {
    fc.assert(
      fc.property(fc.array(anyText, { maxLength: 12 }), (parts) => {
        const text = parts.join(" ");
        const truth = countTokens(text, PLAIN);
        const counted = countText(text);
        expect(Math.abs(counted - truth)).toBeLessThanOrEqual(2 * Math.ceil(text.length / 256));
        if (text.length <= 512) expect(counted).toBe(truth);
      }),
    );
  });

  it("takes text that looks like a special token as text", () => {
    expect(countText("<|endoftext|>")).toBeGreaterThan(1);
  });

  it("is not slowed down by a hostile text", async () => {
    const before = performance.now();
    await countTexts(["a".repeat(300_000), " ".repeat(300_000), "\n".repeat(300_000)]);
    expect(performance.now() - before).toBeLessThan(5_000);
  });
});
