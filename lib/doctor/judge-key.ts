import { KEY_PLACEHOLDER } from "@/lib/clients/prepare-facts";
import { CLIENT_RULES } from "@/lib/doctor/client-rules";
import { keyShape, maskShown } from "@/lib/doctor/key-shape";
import type { Fault, FaultCause, Found, Reading } from "@/lib/doctor/types";

const QUOTES = /["'`“”‘’«»]/g;
// biome-ignore lint/suspicious/noMisleadingCharacterClass: these characters are meant one by one.
const SPACES = /[ \t\u00a0\u200b\u200c\u200d\u2060\ufeff]/g;
const HEADER = /^authorization$/i;

/** Names every fault of one key, by its text alone. What it shows of the key is masked. */
export function judgeKey(found: Found, reading: Reading, client: string | null): Fault[] {
  const { value, name } = found;
  const causes: FaultCause[] = [];
  const isHeader = name !== null && HEADER.test(name);
  const bearer = /^bearer\s+/i.exec(value)?.[0] ?? "";
  let rest = value.slice(bearer.length);
  if (bearer && !isHeader) causes.push("key_bearer");
  if (/\r?\n/.test(rest)) {
    causes.push("key_line_break");
    rest = rest.replace(/\s*\r?\n\s*/g, "");
  }
  if (found.quoteKept || (QUOTES.test(rest) && !/^\{\{|^\$\{/.test(rest))) causes.push("key_quotes");
  rest = rest.replace(QUOTES, "");
  const looksLikeKey = /^\s*(?:sk-|mk-tg-|AIza|gsk_)/.test(rest);
  const unspaced = rest.replace(SPACES, "");
  if (unspaced !== rest && looksLikeKey) {
    causes.push("key_spaces");
    rest = unspaced;
  }
  const assigned = /^[A-Z][A-Z0-9_]+=/.exec(rest)?.[0];
  const key = rest.slice(assigned?.length ?? 0).trim();
  const shape = keyShape(key);
  const values: Record<string, string> = { client: client ? (CLIENT_RULES[client]?.name ?? "") : "" };
  switch (shape.kind) {
    case "ours":
      break;
    case "reference":
      if (reading.format === "curl" && found.quote === "'" && key.startsWith("$"))
        causes.push("key_not_expanded");
      break;
    case "cut":
      causes.push("key_cut");
      Object.assign(values, { given: String(shape.given), wanted: String(shape.wanted) });
      break;
    case "foreign":
      causes.push("key_foreign");
      values.provider = shape.provider;
      break;
    default:
      causes.push(`key_${shape.kind}`);
  }
  // A line of a .env file, or a whole header, in the field for the key: the key itself may be right.
  if (assigned && shape.kind === "ours") causes.push("key_quotes");
  const usable = shape.kind === "ours" || (shape.kind === "reference" && causes.length > 0);
  const text = usable ? key : KEY_PLACEHOLDER;
  const prefix = isHeader ? bearer || "Bearer " : "";
  const edits = editsFor(found, reading, prefix + text, causes);
  return causes.map((cause) => ({
    cause,
    level: "fault",
    where: name,
    found: maskShown(value),
    fixed: usable ? maskShown(key) : null,
    values,
    edits,
  }));
}

function editsFor(
  found: Found,
  reading: Reading,
  text: string,
  causes: readonly FaultCause[],
): Fault["edits"] {
  if (causes.length === 0) return [];
  // The shell leaves a name in single quotes alone, so these become double ones.
  const swap = causes.includes("key_not_expanded");
  if (!found.quoteKept && !swap) return [{ start: found.start, end: found.end, text }];
  if (swap) {
    const open = reading.text.lastIndexOf("'", found.start - 1);
    const head = reading.text.slice(open + 1, found.start);
    return [{ start: open, end: found.end + 1, text: `"${head}${text}"` }];
  }
  return [{ start: found.start - 1, end: found.end + 1, text }];
}
