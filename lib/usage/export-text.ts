/** The two forms in which anything is exported. */
export const EXPORT_FORMATS = ["csv", "jsonl"] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

export type ExportValue = string | number | bigint | boolean | Date | object | null;
export type ExportRow = Readonly<Record<string, ExportValue>>;

/** What stands above the rows: in CSV the names of the columns (RFC 4180), in JSON Lines nothing. */
export function exportHead(format: ExportFormat, columns: readonly string[]): string {
  return format === "csv" ? `${columns.join(",")}\r\n` : "";
}

/** One row as one line, with the columns in the given order. */
export function exportLine(format: ExportFormat, columns: readonly string[], row: ExportRow): string {
  if (format === "csv") return `${columns.map((name) => csvCell(row[name] ?? null)).join(",")}\r\n`;
  const entries = columns.map((name) => [name, jsonValue(row[name] ?? null)]);
  return `${JSON.stringify(Object.fromEntries(entries))}\n`;
}

/** Amounts are decimal text already; a bigint is a count, and fits. */
function jsonValue(value: ExportValue): unknown {
  if (typeof value === "bigint") return Number(value);
  return value instanceof Date ? value.toISOString() : value;
}

function csvCell(value: ExportValue): string {
  if (value === null) return "";
  if (value instanceof Date) return value.toISOString();
  if (typeof value === "object") return quoted(JSON.stringify(value));
  if (typeof value !== "string") return String(value);
  // A spreadsheet would take such a cell for a formula, whoever wrote it; a negative amount is none.
  return quoted(/^[=+\-@\t\r]/.test(value) && !/^-\d+(\.\d+)?$/.test(value) ? `'${value}` : value);
}

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
