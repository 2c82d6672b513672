import type { Json } from "@/lib/gateway/dialects/api-request";
import { isObject } from "@/lib/gateway/dialects/read-fields";

/** How the `encrypted_content` begins that this gateway wrote; no provider's own does. */
const SEAL = "tg1:";

/**
 * What a model wants back with the next turn and the Responses API has no place for: signed or encrypted thoughts of
 * any vendor (`reasoning_details`) and what hangs on single tool calls (`extra_content`, Gemini's signatures). It
 * travels in the `encrypted_content` of a reasoning item, which clients hand back unread.
 */
export interface Sealed {
  details: Json[];
  /** By call_id. */
  calls: Record<string, Json>;
  /**
   * The field of a message in which the upstream gave the readable thoughts, and in which alone it takes them back:
   * some want them (DeepSeek), some refuse every field that they do not know (Groq, Mistral).
   */
  field: ThoughtField | null;
}
export type ThoughtField = "reasoning_content" | "reasoning";

/** The text for `encrypted_content`, or null where there is nothing that must come back. */
export function seal({ details, calls, field }: Sealed): string | null {
  const sealed: Partial<Sealed> = {};
  if (details.some(({ type, signature }) => type === "reasoning.encrypted" || signature)) {
    sealed.details = details;
  }
  if (Object.keys(calls).length > 0) sealed.calls = calls;
  if (field !== null) sealed.field = field;
  return Object.keys(sealed).length === 0 ? null : SEAL + JSON.stringify(sealed);
}

export function isSealed(encrypted: unknown): encrypted is string {
  return typeof encrypted === "string" && encrypted.startsWith(SEAL);
}

/** What `seal` wrote; empty for a text that a client has damaged. */
export function unseal(encrypted: string): Sealed {
  const sealed: Sealed = { details: [], calls: {}, field: null };
  try {
    const read: unknown = JSON.parse(encrypted.slice(SEAL.length));
    if (!isObject(read)) return sealed;
    if (Array.isArray(read.details)) sealed.details = read.details.filter(isObject);
    if (read.field === "reasoning" || read.field === "reasoning_content") sealed.field = read.field;
    if (isObject(read.calls)) {
      for (const [id, extra] of Object.entries(read.calls)) if (isObject(extra)) sealed.calls[id] = extra;
    }
  } catch {
    // Thoughts that cannot be read are thoughts that were not kept.
  }
  return sealed;
}

/**
 * Adds the pieces of one chunk to the details so far: text grows, a signature ends it, encrypted data stands alone.
 * Source: OpenRouter documentation, "Reasoning tokens", `reasoning_details`.
 */
export function addDetails(details: Json[], pieces: readonly unknown[]): void {
  for (const piece of pieces) {
    if (!isObject(piece) || typeof piece.type !== "string") continue;
    const last = details.at(-1);
    const field = piece.type === "reasoning.summary" ? "summary" : "text";
    const goesOn =
      piece.type !== "reasoning.encrypted" &&
      last?.type === piece.type &&
      (last.index ?? 0) === (piece.index ?? 0) &&
      !last.signature;
    if (!goesOn || !last) {
      details.push({ ...piece });
      continue;
    }
    const { [field]: more, ...rest } = piece;
    const text = `${typeof last[field] === "string" ? last[field] : ""}${typeof more === "string" ? more : ""}`;
    for (const [name, value] of Object.entries(rest)) if (value !== null) last[name] = value;
    last[field] = text;
  }
}

/** The readable text of some details. */
export function detailsText(pieces: readonly unknown[]): string {
  let text = "";
  for (const piece of pieces) {
    if (!isObject(piece)) continue;
    if (piece.type === "reasoning.text" && typeof piece.text === "string") text += piece.text;
    if (piece.type === "reasoning.summary" && typeof piece.summary === "string") text += piece.summary;
  }
  return text;
}
