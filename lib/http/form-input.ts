/** A form's fields as an object: one value as itself, several of one name as a list. The framework's own are left out. */
export function formInput(input: unknown): Record<string, unknown> {
  if (!(input instanceof FormData)) return isRecord(input) ? input : {};
  const fields: Record<string, unknown> = {};
  for (const name of new Set(input.keys())) {
    if (name.startsWith("$ACTION_") || name === "__proto__") continue;
    const values = input.getAll(name);
    fields[name] = values.length > 1 ? values : values[0];
  }
  return fields;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
