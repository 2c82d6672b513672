import { formatUsd } from "@/lib/money";

/** A field that a change to a key changed, with both values as text; null where there was or is no limit. */
export interface FieldChange {
  field: string;
  from: string | null;
  to: string | null;
}

const MOST_LISTED = 3;

/** What the audit trail's `before` and `after` of a change say, field by field. Pure. */
export function fieldChanges(before: unknown, after: unknown): FieldChange[] {
  const [old, fresh] = [record(before), record(after)];
  return Object.keys(fresh).map((field) => ({
    field,
    from: asText(field, old[field]),
    to: asText(field, fresh[field]),
  }));
}

export function record(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};
}

function asText(field: string, value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (Array.isArray(value)) return listText(value.map(String));
  // Amounts are decimal text in nano-USD, because a JSON number cannot hold them.
  if (field.endsWith("Nano") && typeof value === "string" && /^-?\d{1,19}$/.test(value)) {
    return formatUsd(BigInt(value));
  }
  if (field === "expiresAt" && typeof value === "string") return dayText(value);
  if (typeof value === "number") return value.toLocaleString("en");
  return String(value);
}

function listText(values: readonly string[]): string | null {
  if (values.length === 0) return null;
  const rest = values.length - MOST_LISTED;
  return values.slice(0, MOST_LISTED).join(", ") + (rest > 0 ? ` +${rest}` : "");
}

const DAY = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "short",
  year: "numeric",
  hour: "2-digit",
  minute: "2-digit",
  timeZone: "UTC",
});

function dayText(iso: string): string {
  const at = new Date(iso);
  return Number.isNaN(at.getTime()) ? iso : `${DAY.format(at)} UTC`;
}
