import { z } from "zod";
import type { Flag } from "@/lib/cli/add-verb";

/** The prices of every bucket, for `models add` and `models price`. What is not given follows input or output. */
export const PRICE_FLAGS: readonly Flag[] = [
  { flag: "--input-usd-per-million <price>", about: "flags.input", required: true },
  { flag: "--output-usd-per-million <price>", about: "flags.output", required: true },
  { flag: "--cached-input-usd-per-million <price>", about: "flags.cachedInput" },
  { flag: "--cache-write-5m-usd-per-million <price>", about: "flags.cacheWrite5m" },
  { flag: "--cache-write-1h-usd-per-million <price>", about: "flags.cacheWrite1h" },
  { flag: "--reasoning-usd-per-million <price>", about: "flags.reasoningPrice" },
  { flag: "--audio-input-usd-per-million <price>", about: "flags.audioInput" },
  { flag: "--audio-output-usd-per-million <price>", about: "flags.audioOutput" },
  { flag: "--image-input-usd-per-million <price>", about: "flags.imageInput" },
  { flag: "--request-usd <price>", about: "flags.requestPrice" },
];

const price = z.string().optional();

export const PRICE_FIELDS = {
  inputUsdPerMillion: z.string(),
  outputUsdPerMillion: z.string(),
  cachedInputUsdPerMillion: price,
  cacheWrite5mUsdPerMillion: price,
  cacheWrite1hUsdPerMillion: price,
  reasoningUsdPerMillion: price,
  audioInputUsdPerMillion: price,
  audioOutputUsdPerMillion: price,
  imageInputUsdPerMillion: price,
  requestUsd: price,
};
