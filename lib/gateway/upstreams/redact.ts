const MAX_CHARS = 1_000;

/**
 * An upstream's own wording made fit for callers: no credentials, no addresses, one bounded line. `secrets` are
 * the connection's key and header values, removed verbatim wherever they stand.
 */
export function redact(text: string, secrets: readonly (string | null)[] = []): string {
  let clean = text;
  for (const secret of secrets)
    if (secret && secret.length >= 6) clean = clean.replaceAll(secret, "[removed]");
  return clean
    .replace(/\b(?:https?|wss?):\/\/[^\s"'<>)\]]+/gi, "[address]")
    .replace(/\b(?:Bearer|Basic)\s+[\w.~+/=-]{6,}/gi, "[removed]")
    .replace(/\b(?:sk|pk|rk|mk|gsk|xai)[-_][\w*.-]{6,}/gi, "[removed]")
    .replace(/\b(?:key|api|org|proj)[-_](?=[\w*.-]*\d)[\w*.-]{6,}/gi, "[removed]")
    .replace(/\bAIza[\w-]{10,}/g, "[removed]")
    .replace(/\b(?:\d{1,3}\.){3}\d{1,3}(?::\d+)?\b/g, "[address]")
    .replace(/[A-Za-z0-9_+/=-]{40,}/g, "[removed]")
    .replace(/\s+/g, " ")
    .trim()
    .slice(0, MAX_CHARS);
}

/** The message of an error body in any of the usual shapes, or null. */
export function upstreamMessage(body: string): { message: string; param: string | null } | null {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return null;
  }
  if (typeof value !== "object" || value === null) return null;
  const root = value as Record<string, unknown>;
  const error = Array.isArray(value) ? (value[0] as { error?: unknown })?.error : root.error;
  const found = typeof error === "object" && error !== null ? (error as Record<string, unknown>) : root;
  const message = typeof error === "string" ? error : (found.message ?? found.detail);
  if (typeof message !== "string" || message === "") return null;
  const param = typeof found.param === "string" && found.param.length <= 100 ? found.param : null;
  return { message, param };
}
