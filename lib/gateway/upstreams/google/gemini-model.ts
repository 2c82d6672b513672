/**
 * What a Gemini model id tells about the model, because the API itself asks for different things by generation.
 * Google's ids are open-ended, so an unknown one (`gemini-flash-latest`, a tuned model) counts as the newest.
 */
export interface GeminiModel {
  /** 1.5, 2, 2.5, 3, ...; Infinity where the id does not say. */
  generation: number;
  pro: boolean;
  lite: boolean;
  /** Gemma knows no system instruction. */
  gemma: boolean;
}

export function readGeminiModel(upstreamId: string): GeminiModel {
  const id = upstreamId.toLowerCase();
  const version = /gemini-(\d+(?:\.\d+)?)/.exec(id)?.[1];
  const gemma = /(?:^|\/)gemma/.test(id);
  return {
    generation: version ? Number(version) : gemma ? 0 : Number.POSITIVE_INFINITY,
    pro: id.includes("pro"),
    lite: id.includes("lite"),
    gemma,
  };
}
