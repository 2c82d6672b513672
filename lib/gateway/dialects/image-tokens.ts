import type { ImageSize } from "./image-size";

/**
 * The most input tokens that an image can count, by the model that it goes to; of one whose size is not known (it
 * comes by its address, or in a format that is not read here), the most of any size.
 *
 * Sources, November 2026:
 * OpenAI, "Images and vision": tiles of 512 after fitting into 2,048 x 2,048 and bringing the short side to 768
 * (base + tiles; 4o-mini 2,833 + 5,667 each); patches of 32 x 32 times a factor of at most 2.46, at most 1,536
 * of them for the older models that count so, 10,000 for GPT-5.4 and 5.5, 30,000 for GPT-5.6 and later, which do
 * not scale anything down unless asked to.
 * Anthropic, "Vision": width x height / 750 (28 x 28 pixels a token), scaled down to at most 4,784, older ones 1,600.
 * Google, "Image understanding" and "Media resolution": 258 a tile of 256 to 768 pixels until Gemini 2.5; from
 * Gemini 3 on at most 2,240 in the highest resolution.
 * Others: Qwen's up to 16,384; Llama's tiles up to 6,404; Pixtral's patches of 16 x 16.
 */
export function mostImageTokens(size: ImageSize | null, detail: "low" | "other", upstreamId: string): number {
  const id = upstreamId.toLowerCase();
  if (/claude/.test(id))
    return Math.min(CLAUDE, size ? Math.max(patches(size, 28), area(size, 750)) : CLAUDE);
  if (/gemini/.test(id)) return gemini(size, id);
  if (/4o-mini/.test(id)) return detail === "low" ? LOW : tiles(size, 2_833, 5_667);
  if (/gpt-|chatgpt|codex|(?:^|\/)o\d|computer-use/.test(id))
    return detail === "low" ? LOW : openAi(size, id);
  return size ? Math.max(OTHER_LEAST, Math.min(OTHER, patches(size, 15)), openAi(size, "")) : OTHER;
}

/** In low detail, of whichever of OpenAI's models. */
const LOW = 2_900;
const CLAUDE = 5_000;
const GEMINI_3 = 2_240;
const OTHER = 17_000;
const OTHER_LEAST = 6_600;

const area = (size: ImageSize, pixels: number) => Math.ceil((size.width * size.height) / pixels);
const patches = (size: ImageSize, side: number) =>
  Math.ceil(size.width / side) * Math.ceil(size.height / side);

function gemini(size: ImageSize | null, id: string): number {
  if (!/gemini-[12](?:[.-]|$)/.test(id)) return GEMINI_3;
  if (!size) return OTHER;
  const side = Math.min(768, Math.max(256, Math.min(size.width, size.height) / 1.5));
  return 258 * patches(size, side);
}

function openAi(size: ImageSize | null, id: string): number {
  const [most, factor] = patchesOf(id);
  const counted = Math.ceil((size ? Math.min(most, patches(size, 32)) : most) * factor);
  return Math.max(counted, tiles(size, 85, 170));
}

/** How many patches an image may have, and how many tokens each of them counts at most. */
function patchesOf(id: string): [number, number] {
  if (
    /gpt-4|chatgpt|codex-mini|(?:^|\/)o\d|gpt-5(?:-|$)|gpt-5\.[0-3]|gpt-5\.4-(?:mini|nano)|computer-use/.test(
      id,
    )
  ) {
    return [1_536, 2.46];
  }
  if (/gpt-5\.[45]/.test(id)) return [10_000, 1.72];
  return [30_000, id.includes("nano") ? 2.46 : 1.72];
}

/** Whether small images are scaled up is not documented; here they are. */
function tiles(size: ImageSize | null, base: number, each: number): number {
  if (!size) return base + 8 * each;
  const short = Math.min(size.width, size.height);
  const long = Math.max(size.width, size.height);
  const fitted = Math.min(2_048, (768 * long) / short);
  return base + 2 * Math.ceil(fitted / 512) * each;
}
