import { describe, expect, it } from "vitest";
import { NO_TOKENS } from "@/lib/gateway/price-call";
import { bucketsFromGemini } from "./gemini-usage";

describe("usageMetadata", () => {
  it("is taken apart into buckets that do not overlap", () => {
    expect(
      bucketsFromGemini({
        promptTokenCount: 2_000,
        cachedContentTokenCount: 1_000,
        toolUsePromptTokenCount: 30,
        candidatesTokenCount: 100,
        thoughtsTokenCount: 400,
        totalTokenCount: 2_530,
        promptTokensDetails: [
          { modality: "TEXT", tokenCount: 1_142 },
          { modality: "IMAGE", tokenCount: 258 },
          { modality: "IMAGE", tokenCount: 200 },
          { modality: "AUDIO", tokenCount: 400 },
        ],
        cacheTokensDetails: [
          { modality: "TEXT", tokenCount: 742 },
          { modality: "IMAGE", tokenCount: 258 },
        ],
        candidatesTokensDetails: [{ modality: "AUDIO", tokenCount: 60 }],
      }),
    ).toEqual({
      ...NO_TOKENS,
      inputTokens: 430,
      cachedTokens: 1_000,
      imageTokens: 200,
      audioInputTokens: 400,
      outputTokens: 40,
      audioOutputTokens: 60,
      reasoningTokens: 400,
    });
  });

  it("counts thoughts that only the total tells of", () => {
    expect(
      bucketsFromGemini({ promptTokenCount: 10, candidatesTokenCount: 5, totalTokenCount: 40 }),
    ).toMatchObject({ inputTokens: 10, outputTokens: 5, reasoningTokens: 25 });
  });

  it("counts thoughts once where they stand among the candidates' tokens", () => {
    const usage = { promptTokenCount: 10, candidatesTokenCount: 50, thoughtsTokenCount: 30 };
    expect(bucketsFromGemini({ ...usage, totalTokenCount: 60 })).toMatchObject({
      outputTokens: 20,
      reasoningTokens: 30,
    });
    expect(bucketsFromGemini({ ...usage, totalTokenCount: 90 })).toMatchObject({
      outputTokens: 50,
      reasoningTokens: 30,
    });
    expect(bucketsFromGemini(usage)).toMatchObject({ outputTokens: 50, reasoningTokens: 30 });
  });

  it("never finds more in a part than there is in the whole", () => {
    expect(
      bucketsFromGemini({
        promptTokenCount: 10,
        cachedContentTokenCount: 8,
        promptTokensDetails: [{ modality: "IMAGE", tokenCount: 9 }],
      }),
    ).toEqual({ ...NO_TOKENS, cachedTokens: 8, imageTokens: 2 });
  });

  it.each([
    [undefined],
    [null],
    [{}],
    [{ totalTokenCount: 5 }],
    [{ promptTokenCount: -1 }],
    [{ promptTokenCount: 1.5 }],
    [{ promptTokenCount: "10" }],
    [{ promptTokenCount: 10, candidatesTokenCount: 1e12 }],
  ])("does not believe %j", (value) => {
    expect(bucketsFromGemini(value)).toBeNull();
  });
});
