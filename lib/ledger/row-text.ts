/** Text that needs no quotes in a composite value: neither its punctuation nor white space, and not empty. */
const BARE = /^[\w.:+@/-]+$/;

/** Every quote and backslash behind a backslash. */
const guard = (text: string) => text.replace(/[\\"]/g, "\\$&");

/**
 * One text as a field of a composite value that is itself an element of an array. Postgres holds no NUL in a text:
 * it is left out. Source: PostgreSQL documentation, 8.15.6 "Array Input and Output", 8.16.6 "Composite Type Input".
 */
export function textField(value: string | null | undefined): string {
  if (value === null || value === undefined) return "";
  if (BARE.test(value)) return value;
  return guard(`"${guard(value.replaceAll("\0", ""))}"`);
}

/** The same for a number, which needs no quotes. */
export function numberField(value: number | bigint | null | undefined): string {
  return value === null || value === undefined ? "" : String(value);
}

export function booleanField(value: boolean | null | undefined): string {
  if (value === null || value === undefined) return "";
  return value ? "t" : "f";
}

/** An array of composite values from their fields, each list already written by the functions above. */
export function rowsText(rows: readonly string[]): string {
  return `{${rows.map((fields) => `"(${fields})"`).join(",")}}`;
}
