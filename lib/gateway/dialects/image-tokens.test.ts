import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mostImageTokens } from "./image-tokens";

const size = (width: number, height: number) => ({ width, height });

describe("the most that an image counts", () => {
  it.each([
    // What each vendor says that it counts, which the bound must never be under, and how far above it may be.
    ["gpt-4o", size(1_024, 1_024), 765, 2_600],
    ["gpt-4o", size(2_048, 4_096), 1_105, 3_800],
    ["gpt-4o-mini", size(1_024, 1_024), 25_501, 25_501],
    ["gpt-4o-mini", null, 48_169, 48_169],
    ["o4-mini", size(1_800, 2_400), 2_498, 3_800],
    ["gpt-5-nano", size(1_024, 1_024), 2_520, 2_520],
    ["openai/gpt-5.4", size(1_024, 1_024), 1_659, 1_770],
    ["gpt-5.5", size(8_000, 8_000), 10_000, 17_200],
    ["gpt-5.6-sol", size(4_000, 3_000), 11_750, 20_210],
    ["gpt-6.1-sol", null, 30_000, 51_600],
    ["claude-sonnet-4-5", size(1_092, 1_092), 1_590, 1_600],
    ["claude-opus-4-7", size(4_000, 4_000), 4_784, 5_000],
    ["anthropic.claude-3-haiku", null, 1_600, 5_000],
    ["gemini-2.5-flash", size(300, 300), 258, 1_100],
    ["gemini-2.5-flash", size(960, 540), 1_548, 1_600],
    ["models/gemini-2.0-flash", null, 4_128, 17_000],
    ["gemini-3.5-flash", size(4_000, 3_000), 1_120, 2_240],
    ["qwen2.5-vl-72b", size(1_024, 1_024), 1_369, 6_600],
    ["pixtral-12b", size(1_024, 1_024), 4_160, 6_600],
    ["my-deployment", null, 16_384, 17_000],
  ])("%s, %j: at least %i, at most %i", (id, image, least, most) => {
    const bound = mostImageTokens(image, "other", id);
    expect(bound).toBeGreaterThanOrEqual(least);
    expect(bound).toBeLessThanOrEqual(most);
  });

  it("is less in low detail where that is kept to, and nowhere else", () => {
    expect(mostImageTokens(size(4_000, 3_000), "low", "gpt-5.6")).toBe(2_900);
    expect(mostImageTokens(null, "low", "gpt-4o-mini")).toBe(2_900);
    for (const id of ["claude-sonnet-4-5", "gemini-2.5-pro", "qwen2.5-vl-72b"]) {
      expect(mostImageTokens(size(4_000, 3_000), "low", id)).toBe(
        mostImageTokens(size(4_000, 3_000), "other", id),
      );
    }
  });

  it("is never more for a known size than for an unknown one, where sizes are bounded, and always whole", () => {
    const ids = ["gpt-4o", "gpt-4o-mini", "gpt-5.5", "gpt-6", "claude-x", "gemini-3-pro"];
    const side = fc.integer({ min: 1, max: 65_535 });
    fc.assert(
      fc.property(fc.constantFrom(...ids), side, side, (id, width, height) => {
        const bound = mostImageTokens({ width, height }, "other", id);
        expect(Number.isInteger(bound) && bound > 0).toBe(true);
        expect(bound).toBeLessThanOrEqual(mostImageTokens(null, "other", id));
      }),
    );
  });
});
