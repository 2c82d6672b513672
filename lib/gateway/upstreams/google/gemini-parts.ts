import type { Json } from "@/lib/gateway/dialects/api-request";
import { isObject } from "@/lib/gateway/dialects/read-fields";

/** One part of an answer, in the order in which it came. */
export type GeminiPart = { signature: string | null } & (
  | { kind: "text" | "thought"; text: string }
  | { kind: "call"; id: string | null; name: string; args: string }
  | { kind: "image"; url: string }
);

/** One of the answers in a response or in an event of a stream. */
export interface GeminiCandidate {
  index: number;
  parts: GeminiPart[];
  finishReason: string | null;
  logprobs: Json | null;
}

/** The answers in a response; none in one that only has usage, or whose prompt was blocked. */
export function readCandidates(body: Json): GeminiCandidate[] {
  const listed = Array.isArray(body.candidates) ? (body.candidates as unknown[]) : [];
  return listed.filter(isObject).map((candidate, at) => {
    const parts = isObject(candidate.content) ? candidate.content.parts : null;
    return {
      index: typeof candidate.index === "number" ? candidate.index : at,
      parts: (Array.isArray(parts) ? (parts as unknown[]) : []).flatMap(readPart),
      finishReason: typeof candidate.finishReason === "string" ? candidate.finishReason : null,
      logprobs: isObject(candidate.logprobsResult) ? toLogprobs(candidate.logprobsResult) : null,
    };
  });
}

/** Why the prompt was refused as a whole, if it was. */
export function blockReason(body: Json): string | null {
  const reason = isObject(body.promptFeedback) ? body.promptFeedback.blockReason : null;
  return typeof reason === "string" && reason !== "BLOCKED_REASON_UNSPECIFIED" ? reason : null;
}

function readPart(part: unknown): GeminiPart[] {
  if (!isObject(part)) return [];
  const signature =
    typeof part.thoughtSignature === "string" && part.thoughtSignature ? part.thoughtSignature : null;
  if (isObject(part.functionCall) && typeof part.functionCall.name === "string") {
    const { id, name, args } = part.functionCall;
    return [
      {
        kind: "call",
        signature,
        id: typeof id === "string" && id !== "" ? id : null,
        name,
        args: JSON.stringify(isObject(args) ? args : {}),
      },
    ];
  }
  const data = isObject(part.inlineData) ? part.inlineData : null;
  if (
    typeof data?.data === "string" &&
    typeof data.mimeType === "string" &&
    data.mimeType.startsWith("image/")
  ) {
    if (part.thought === true) return [];
    return [{ kind: "image", signature, url: `data:${data.mimeType};base64,${data.data}` }];
  }
  if (typeof part.text !== "string" || (part.text === "" && signature === null)) return [];
  return [{ kind: part.thought === true ? "thought" : "text", signature, text: part.text }];
}

/** `logprobsResult` as the `logprobs` of a chat completion's choice. */
function toLogprobs(result: Json): Json {
  const chosen = Array.isArray(result.chosenCandidates) ? (result.chosenCandidates as unknown[]) : [];
  const tops = Array.isArray(result.topCandidates) ? (result.topCandidates as unknown[]) : [];
  const content = chosen.filter(isObject).map((token, at) => {
    const top = tops[at];
    const candidates = isObject(top) && Array.isArray(top.candidates) ? (top.candidates as unknown[]) : [];
    return { ...toToken(token), top_logprobs: candidates.filter(isObject).map(toToken) };
  });
  return { content, refusal: null };
}

function toToken(token: Json): Json {
  const text = typeof token.token === "string" ? token.token : "";
  return { token: text, logprob: token.logProbability ?? 0, bytes: [...Buffer.from(text)] };
}

/** How an answer ended that is complete, in the words of the chat dialect. */
export function toFinishReason(reason: string, hasCalls: boolean): string {
  switch (reason) {
    case "MAX_TOKENS":
    case "CONTINUATION":
      return "length";
    case "SAFETY":
    case "RECITATION":
    case "LANGUAGE":
    case "BLOCKLIST":
    case "PROHIBITED_CONTENT":
    case "SPII":
    case "IMAGE_SAFETY":
    case "IMAGE_PROHIBITED_CONTENT":
    case "IMAGE_RECITATION":
      return "content_filter";
    default:
      return hasCalls ? "tool_calls" : "stop";
  }
}

/** Ends without an answer for which nobody is to blame but the model: asking again may well help. */
const BROKEN = new Set([
  "MALFORMED_FUNCTION_CALL",
  "UNEXPECTED_TOOL_CALL",
  "TOO_MANY_TOOL_CALLS",
  "MALFORMED_RESPONSE",
  "NO_IMAGE",
  "IMAGE_OTHER",
  "OTHER",
]);
export const isBroken = (reason: string): boolean => BROKEN.has(reason);
