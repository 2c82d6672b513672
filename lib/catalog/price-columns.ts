import type { z } from "zod";
import type { PriceList } from "@/lib/catalog/model-input";

/**
 * A price list as the columns of a price version, pico-USD per token. What is not given costs as the bucket that the
 * tokens would else be part of: cached input, cache writes, images and audio as input, reasoning and audio as output.
 */
export function priceColumns(list: z.output<typeof PriceList>) {
  const input = list.inputUsdPerMillion;
  const output = list.outputUsdPerMillion;
  return {
    inputPico: input,
    cachedInputPico: list.cachedInputUsdPerMillion ?? input,
    cacheWrite5mPico: list.cacheWrite5mUsdPerMillion ?? input,
    cacheWrite1hPico: list.cacheWrite1hUsdPerMillion ?? list.cacheWrite5mUsdPerMillion ?? input,
    outputPico: output,
    reasoningPico: list.reasoningUsdPerMillion ?? output,
    audioInputPico: list.audioInputUsdPerMillion ?? input,
    audioOutputPico: list.audioOutputUsdPerMillion ?? output,
    imageInputPico: list.imageInputUsdPerMillion ?? input,
    requestPico: list.requestUsd ?? 0n,
  };
}
