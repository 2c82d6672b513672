/** Never handed back to a form, whatever it was typed into. */
const SECRET_FIELD = /password|secret|token|apikey|api_key|^key$/i;
const LONGEST_ECHO = 4_000;

/** What was typed, as text by field, so that a refused form keeps it. Never files, never secrets. */
export function typedValues(input: Record<string, unknown>): Record<string, string> {
  const values: Record<string, string> = {};
  for (const [name, value] of Object.entries(input)) {
    if (SECRET_FIELD.test(name)) continue;
    if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") {
      values[name] = String(value).slice(0, LONGEST_ECHO);
    }
  }
  return values;
}
