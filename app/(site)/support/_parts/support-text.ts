/** What support asks for, in the order in which it is asked. */
export const FIELDS = [
  "time",
  "requestId",
  "client",
  "url",
  "model",
  "code",
  "size",
  "keyStart",
  "what",
] as const;
export type FieldName = (typeof FIELDS)[number];

const SECRET = /(?:[sm]k-tg-|sk-ant-|sk-proj-|sk-or-|sk-|AIza|gsk_|xai-)[A-Za-z0-9_-]{12,}/g;

/** True where a whole key was pasted into a field. */
export function holdsSecret(text: string): boolean {
  return text.search(SECRET) >= 0;
}

/** The text to send: one line a field, what is empty marked as such, every key cut to its beginning. */
export function supportText(labels: Record<FieldName, string>, values: Record<FieldName, string>): string {
  const width = Math.max(...FIELDS.map((name) => labels[name].length)) + 1;
  const lines = FIELDS.map((name) => {
    const value = values[name].trim().replace(SECRET, (secret) => `${secret.slice(0, 6)}…`);
    return `${`${labels[name]}:`.padEnd(width)} ${value || "-"}`;
  });
  return `${lines.join("\n")}\n`;
}
