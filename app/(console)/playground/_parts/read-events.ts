/** What one event of a chat stream adds. */
export interface Delta {
  text: string;
  reasoning: string;
  finishReason: string | null;
  tokensIn: number | null;
  tokensOut: number | null;
  /** USD, decimal, as the body says it. */
  costUsd: string | null;
  error: { code: string; message: string; docUrl: string | null } | null;
}

/** Cuts a stream of server-sent events into their data; what is not whole yet stays in `rest`. */
export function takeEvents(buffered: string): { events: string[]; rest: string } {
  const parts = buffered.split(/\r?\n\r?\n/);
  const rest = parts.pop() ?? "";
  const events = parts.flatMap((part) => {
    const data = part
      .split(/\r?\n/)
      .filter((line) => line.startsWith("data:"))
      .map((line) => line.slice(5).trimStart())
      .join("\n");
    return data === "" ? [] : [data];
  });
  return { events, rest };
}

/** One event of a chat completion, or a whole plain body; null for `[DONE]` and for what is not JSON. */
export function readDelta(data: string): Delta | null {
  let body: unknown;
  try {
    body = JSON.parse(data);
  } catch {
    return null;
  }
  const choice = item(field(body, "choices"));
  const delta = field(choice, "delta") ?? field(choice, "message");
  const usage = field(body, "usage");
  const error = field(body, "error");
  // Money is read from the text: as a number it would lose digits.
  const cost = /"cost"\s*:\s*([\d.]+)/.exec(data)?.[1] ?? null;
  return {
    text: textOf(field(delta, "content")) ?? "",
    reasoning: textOf(field(delta, "reasoning_content")) ?? textOf(field(delta, "reasoning")) ?? "",
    finishReason: textOf(field(choice, "finish_reason")),
    tokensIn: numberOf(field(usage, "prompt_tokens")),
    tokensOut: numberOf(field(usage, "completion_tokens")),
    costUsd: usage ? cost : null,
    error: error
      ? {
          code: textOf(field(error, "code")) ?? textOf(field(error, "type")) ?? "",
          message: textOf(field(error, "message")) ?? "",
          docUrl: textOf(field(error, "doc_url")),
        }
      : null,
  };
}

function item(value: unknown): unknown {
  return Array.isArray(value) ? value[0] : undefined;
}

function field(value: unknown, name: string): unknown {
  return value !== null && typeof value === "object" ? (value as Record<string, unknown>)[name] : undefined;
}

function textOf(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}

function numberOf(value: unknown): number | null {
  return typeof value === "number" ? value : null;
}
