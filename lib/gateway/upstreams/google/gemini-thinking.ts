import type { Json } from "@/lib/gateway/dialects/api-request";
import { isObject } from "@/lib/gateway/dialects/read-fields";
import type { GeminiModel } from "./gemini-model";

/** Google's own table for `reasoning_effort` at its OpenAI-compatible endpoint; beyond `high` there is nothing. */
const BUDGETS: Readonly<Record<string, number>> = {
  none: 0,
  minimal: 1_024,
  low: 1_024,
  medium: 8_192,
  high: 24_576,
  xhigh: 24_576,
  max: 24_576,
};

/** Bounds of `thinkingBudget` by model. Source: Gemini API docs, "Thinking", November 2026. */
const PRO = { least: 128, most: 32_768 };
const FLASH = { least: 0, most: 24_576 };
const LITE_LEAST = 512;

/**
 * `thinkingConfig` from `reasoning_effort` (or OpenRouter's `reasoning`) and Anthropic's `thinking`. Thoughts are
 * asked for unless the caller wants none of them: they are paid for either way, and a stream that shows them is not
 * silent while the model thinks. Gemini 2.5 takes a budget in tokens, of which half of the output cap is left for the
 * answer, since thoughts count in it; later ones take a level.
 */
export function toThinkingConfig(chat: Json, model: GeminiModel, capTokens: number | null): Json | null {
  if (model.generation < 2.5) return null;
  const reasoning = isObject(chat.reasoning) ? chat.reasoning : {};
  const thinking = isObject(chat.thinking) ? chat.thinking : {};
  const effort = readEffort(chat.reasoning_effort ?? reasoning.effort, thinking, reasoning);
  const budget = readBudget(thinking.budget_tokens ?? reasoning.max_tokens, thinking);
  const hidden = reasoning.exclude === true || chat.include_reasoning === false || effort === "none";
  const config: Json = { includeThoughts: !hidden };
  if (model.generation < 3) {
    const wanted = budget ?? (effort === null ? null : (BUDGETS[effort] ?? null));
    const most = capTokens === null ? Number.POSITIVE_INFINITY : Math.floor(capTokens / 2);
    if (wanted !== null) config.thinkingBudget = withinBounds(Math.min(wanted, most), model);
  } else {
    const level = levelOf(effort ?? (budget === null ? null : effortOf(budget)), model);
    if (level !== null) config.thinkingLevel = level;
  }
  return config;
}

function readEffort(value: unknown, thinking: Json, reasoning: Json): string | null {
  if (thinking.type === "disabled" || reasoning.enabled === false) return "none";
  return typeof value === "string" && Object.hasOwn(BUDGETS, value) ? value : null;
}

function readBudget(value: unknown, thinking: Json): number | null {
  if (thinking.type === "disabled") return null;
  return typeof value === "number" && Number.isInteger(value) && value >= 0 ? value : null;
}

function withinBounds(budget: number, model: GeminiModel): number {
  const { least, most } = model.pro ? PRO : FLASH;
  if (budget === 0) return least;
  return Math.min(most, Math.max(model.lite ? LITE_LEAST : Math.max(1, least), budget));
}

function effortOf(budget: number): string {
  if (budget === 0) return "none";
  if (budget <= 1_024) return "low";
  return budget <= 8_192 ? "medium" : "high";
}

/** Thinking cannot be switched off from Gemini 3 on; Pro models begin at low, and Gemini 3 Pro has no medium. */
function levelOf(effort: string | null, model: GeminiModel): string | null {
  switch (effort) {
    case null:
      return null;
    case "none":
    case "minimal":
      return model.pro ? "low" : "minimal";
    case "low":
      return "low";
    case "medium":
      return model.pro && model.generation === 3 ? "high" : "medium";
    default:
      return "high";
  }
}
