/** What differs between the generations of Claude, as far as a translated request has to know. */
export interface ClaudeTraits {
  /** How thinking is asked for: by a budget of tokens, or left to the model at some effort. */
  thinking: "budget" | "adaptive";
  /** Levels of `output_config.effort`, lowest first; none where it is unknown. */
  efforts: readonly Effort[];
  /** Takes `temperature`, `top_p` and `top_k`. */
  sampling: boolean;
  /** Goes on with an assistant message that comes last. */
  prefill: boolean;
}

export type Effort = "low" | "medium" | "high" | "xhigh" | "max";

const OLD: ClaudeTraits = { thinking: "budget", efforts: [], sampling: true, prefill: true };
const OPUS_4_5: ClaudeTraits = { ...OLD, efforts: ["low", "medium", "high"] };
const FROM_4_6: ClaudeTraits = {
  thinking: "adaptive",
  efforts: ["low", "medium", "high", "max"],
  sampling: true,
  prefill: false,
};
const FROM_4_7: ClaudeTraits = {
  thinking: "adaptive",
  efforts: ["low", "medium", "high", "xhigh", "max"],
  sampling: false,
  prefill: false,
};

/** claude-opus-4-1-20250805, anthropic/claude-sonnet-4.5, claude-3-5-haiku-latest; a date is no version. */
const NEW_STYLE = /claude-[a-z]+-(\d{1,2})(?!\d)(?:[-.](\d{1,2})(?!\d))?/;
const OLD_STYLE = /claude-(?:instant-)?[1-3](?!\d)/;

/**
 * The traits of a model by its id upstream. A Claude of no known version is taken for a new one; anything else behind
 * Anthropic's API (DeepSeek, GLM, Kimi, ...) follows its first form.
 * Sources: Anthropic docs, "Adaptive thinking", "Effort", "Migration guide", Messages API reference `temperature`.
 */
export function traitsOf(upstreamId: string): ClaudeTraits {
  const id = upstreamId.toLowerCase();
  if (!id.includes("claude")) return OLD;
  if (OLD_STYLE.test(id)) return OLD;
  const match = NEW_STYLE.exec(id);
  if (!match) return FROM_4_7;
  const version = Number(match[1]) * 100 + Number(match[2] ?? 0);
  if (version < 406) return version === 405 && id.includes("opus") ? OPUS_4_5 : OLD;
  return version === 406 ? FROM_4_6 : FROM_4_7;
}
