import type { Json } from "@/lib/gateway/dialects/api-request";
import { isObject } from "@/lib/gateway/dialects/read-fields";
import type { ClaudeTraits, Effort } from "./claude-model";

/** Anthropic takes no smaller budget. */
const LEAST_BUDGET = 1_024;
/** Beyond this, Anthropic advises against waiting for one answer. */
const MOST_BUDGET = 32_000;

/** The share of the output that may be thinking, in hundredths, as OpenRouter has it. */
const SHARES: Readonly<Record<string, number>> = {
  minimal: 10,
  low: 20,
  medium: 50,
  high: 80,
  xhigh: 90,
  max: 95,
};

/** What a chat completion says of thinking, in any of the ways in which they say it. */
interface Wish {
  /** Null where nothing is said. */
  wanted: boolean | null;
  effort: string | null;
  budget: number | null;
}

const isBudget = (value: unknown): value is number => Number.isInteger(value) && (value as number) > 0;

/** `thinking` (Anthropic), `reasoning_effort` (OpenAI) or `reasoning` (OpenRouter), in this order. */
function readWish(chat: Json): Wish {
  const { thinking, reasoning } = chat;
  if (isObject(thinking)) {
    const budget = isBudget(thinking.budget_tokens) ? thinking.budget_tokens : null;
    return { wanted: thinking.type !== "disabled", effort: effortOf(chat.reasoning_effort), budget };
  }
  const asked = isObject(reasoning) ? reasoning : {};
  const effort = effortOf(chat.reasoning_effort) ?? effortOf(asked.effort);
  const budget = isBudget(asked.max_tokens) ? asked.max_tokens : null;
  if (effort === "none" || asked.enabled === false) return { wanted: false, effort: null, budget: null };
  return {
    wanted: effort !== null || budget !== null || asked.enabled === true ? true : null,
    effort,
    budget,
  };
}

function effortOf(value: unknown): string | null {
  return typeof value === "string" && (value === "none" || value in SHARES) ? value : null;
}

/** The level that a model has and that comes nearest, rather lower than higher. */
function nearestEffort(effort: string, levels: readonly Effort[]): Effort | null {
  const order = Object.keys(SHARES);
  const wanted = order.indexOf(effort);
  let best: Effort | null = levels[0] ?? null;
  for (const level of levels) if (order.indexOf(level) <= wanted) best = level;
  return best;
}

/** How a model is to think: its `thinking` and the effort for `output_config`; null where nothing is said. */
export interface Thinking {
  thinking: Json | null;
  effort: Effort | null;
}

const NOTHING: Thinking = { thinking: null, effort: null };

/**
 * Thinking as a model of Claude's takes it. A budget leaves room for the answer; where there is none, or `possible`
 * is false (a tool is forced, or earlier thinking is missing), there is no thinking.
 * Source: Anthropic docs, "Extended thinking", "Adaptive thinking", "Effort".
 */
export function thinkingFromChat(
  chat: Json,
  traits: ClaudeTraits,
  maxTokens: number,
  possible: boolean,
): Thinking {
  const { wanted, effort, budget } = readWish(chat);
  if (wanted === null) return NOTHING;
  if (!wanted)
    return { thinking: null, effort: traits.thinking === "adaptive" ? (traits.efforts[0] ?? null) : null };
  const level = effort === null ? null : nearestEffort(effort, traits.efforts);
  if (!possible) return { thinking: null, effort: level };
  if (traits.thinking === "adaptive") {
    return { thinking: { type: "adaptive", display: "summarized" }, effort: level };
  }
  const share = Math.floor((maxTokens * (SHARES[effort ?? "medium"] ?? 50)) / 100);
  const tokens = Math.min(budget ?? Math.max(share, LEAST_BUDGET), MOST_BUDGET, maxTokens - 1);
  if (tokens < LEAST_BUDGET) return { thinking: null, effort: level };
  return { thinking: { type: "enabled", budget_tokens: tokens }, effort: level };
}
