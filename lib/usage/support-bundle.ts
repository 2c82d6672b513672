import type { CallDetail } from "@/lib/usage/get-call";

export type SupportFacts = Pick<
  CallDetail,
  | "requestId"
  | "startedAt"
  | "modelId"
  | "dialect"
  | "streamed"
  | "client"
  | "outcome"
  | "httpStatus"
  | "errorCode"
  | "finishReason"
  | "queuedMs"
  | "firstByteMs"
  | "totalMs"
  | "requestBytes"
  | "fallbacks"
  | "keyPrefix"
  | "keyLastFour"
>;

const PATHS: Record<SupportFacts["dialect"], string> = {
  chat: "/v1/chat/completions",
  completions: "/v1/completions",
  responses: "/v1/responses",
  messages: "/v1/messages",
  embeddings: "/v1/embeddings",
};

/** Where a call of that dialect goes, below the gateway's origin. */
export function endpointPath(dialect: SupportFacts["dialect"]): string {
  return PATHS[dialect];
}

/** What support needs to find and understand a call, as plain text: never the key, a prompt or an amount of money. */
export function supportBundle(call: SupportFacts, apiUrl: string): string {
  const lines: [name: string, value: string][] = [
    ["Request id", call.requestId],
    ["Time (UTC)", call.startedAt.toISOString()],
    ["URL", `${apiUrl}${endpointPath(call.dialect)}`],
    ["Model", call.modelId],
    ["Status", `${call.httpStatus} ${call.outcome}`],
    ["Error code", call.errorCode ?? "none"],
    ["Finish reason", call.finishReason ?? "none"],
    ["Streamed", call.streamed ? "yes" : "no"],
    ["Client", call.client],
    ["Request size", approximateSize(call.requestBytes)],
    [
      "Timing",
      `queued ${call.queuedMs} ms, first byte ${call.firstByteMs === null ? "never" : `${call.firstByteMs} ms`}, total ${call.totalMs} ms`,
    ],
    ["Fallbacks tried", String(call.fallbacks)],
    ["Key", call.keyPrefix ? `${call.keyPrefix}…${call.keyLastFour ?? ""}` : "unknown"],
  ];
  const width = Math.max(...lines.map(([name]) => name.length)) + 1;
  return `${lines.map(([name, value]) => `${`${name}:`.padEnd(width)} ${value}`).join("\n")}\n`;
}

/** Two digits are enough to tell a chat from an upload. */
export function approximateSize(bytes: number): string {
  if (bytes < 1_000) return "under 1 kB";
  const [value, unit] = bytes < 1_000_000 ? [bytes / 1_000, "kB"] : [bytes / 1_000_000, "MB"];
  return `about ${Number(value.toPrecision(2))} ${unit}`;
}
