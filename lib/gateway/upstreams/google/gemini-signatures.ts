import type { Json } from "@/lib/gateway/dialects/api-request";
import { isObject } from "@/lib/gateway/dialects/read-fields";
import type { GeminiModel } from "./gemini-model";

/** Our name for Google's reasoning in `reasoning_details`, as OpenRouter has it. */
export const GOOGLE_FORMAT = "google-gemini-v1";
/**
 * What Google documents for calls that another model made, or whose client lost the signature: from Gemini 3 on a
 * function call without one is refused. Source: Gemini API docs, "Thought signatures", FAQ.
 */
const NO_SIGNATURE = "skip_thought_signature_validator";

export interface Signatures {
  /** Of the last part that is no function call. */
  ofText: string | null;
  /** Of function calls, by their ids. */
  ofCalls: ReadonlyMap<string, string>;
}

/** The signatures in a message's `reasoning_details`; those of other vendors are passed over. */
export function readSignatures(details: unknown): Signatures {
  let ofText: string | null = null;
  const ofCalls = new Map<string, string>();
  for (const entry of Array.isArray(details) ? (details as unknown[]) : []) {
    if (!isObject(entry) || entry.format !== GOOGLE_FORMAT || entry.type !== "reasoning.encrypted") continue;
    if (typeof entry.data !== "string" || entry.data === "") continue;
    if (typeof entry.id === "string") ofCalls.set(entry.id, entry.data);
    else ofText = entry.data;
  }
  return { ofText, ofCalls };
}

/** Function calls with the signatures that they came with; only the first of several needs one. */
export function signCalls(
  calls: readonly { call: Json; part: Json }[],
  signatures: Signatures,
  model: GeminiModel,
): Json[] {
  return calls.map(({ call, part }, at) => {
    const own = ownSignature(call) ?? signatures.ofCalls.get(String(call.id)) ?? null;
    if (own !== null) return { ...part, thoughtSignature: own };
    return at === 0 && model.generation >= 3 ? { ...part, thoughtSignature: NO_SIGNATURE } : part;
  });
}

/** Google's own place for it in the chat dialect: `extra_content.google.thought_signature`. */
function ownSignature(call: Json): string | null {
  const extra = isObject(call.extra_content) ? call.extra_content.google : null;
  const signature = isObject(extra) ? extra.thought_signature : null;
  return typeof signature === "string" && signature !== "" ? signature : null;
}
