import type { Found } from "@/lib/doctor/types";

const LABEL =
  "(?:Override |Custom )?(?:OpenAI |API |Base |Endpoint |Model |Proxy )+(?:URL|Key|ID|Name|Host|Endpoint)";
/** A name and what follows it; not the scheme or the port of an address. */
const PAIR = new RegExp(
  `(?<![\\w.\\-/@])(\\\\?["'])?(${LABEL}|[A-Za-z_][\\w.-]*)\\1?[ \\t]*([=:])(?!//|=)[ \\t]*`,
  "g",
);
const HEADER = /^(authorization|x-api-key|api-key|x-goog-api-key)$/i;
const FLAG =
  /(?<=\s)--?(api-key|key|base-url|url|model|openai-api-base|openai-api-key|[kbm])[ =]+("[^"\n]*"|'[^'\n]*'|[^\s-]\S*)/g;
const SETX = /\bsetx\s+(\w+)\s+("[^"\n]*"|\S+)/gi;
const SHORT_FLAGS: Record<string, string> = { k: "api-key", b: "base-url", m: "model" };
const LONGEST_QUOTED = 4_000;

/**
 * Every `name = value` of a text, whatever its format: .env, shell, curl, JSON, YAML, TOML, compose, program text,
 * or the labels of a settings window. Forgiving on purpose, because what is pasted here is often broken.
 */
export function scanPairs(text: string): Found[] {
  const found: Found[] = [];
  PAIR.lastIndex = 0;
  for (let match = PAIR.exec(text); match; match = PAIR.exec(text)) {
    const [whole, , name = "", separator = ""] = match;
    const at = match.index + whole.length;
    const nameStart = match.index + (match[1]?.length ?? 0);
    if (text[at] === "[") {
      for (const item of listItems(text, at, name, nameStart)) found.push(item);
      continue;
    }
    if (at >= text.length || /^(?:[\n\r{]|(?:new |await )?[A-Za-z_][\w.]*\()/.test(text.slice(at, at + 80)))
      continue;
    const value = HEADER.test(name)
      ? headerValue(text, at, nameStart)
      : readValue(text, at, match.index, separator);
    found.push({ name, nameStart, ...value });
    PAIR.lastIndex = Math.max(value.end, at);
  }
  return [...found, ...scanFlags(text)].sort((a, b) => a.start - b.start);
}

type Value = Omit<Found, "name" | "nameStart">;

function readValue(text: string, at: number, pairAt: number, separator: string): Value {
  const lead = text.slice(text.lastIndexOf("\n", pairAt - 1) + 1, pairAt);
  const quote = text.startsWith('\\"', at) ? '\\"' : /["'`]/.test(text[at] ?? "") ? (text[at] ?? "") : "";
  if (quote) {
    const close = text.indexOf(quote, at + quote.length);
    if (close > 0 && close - at < LONGEST_QUOTED) {
      // Compose's list form and cmd's `set` hand the quotes on.
      const quoteKept = separator === "=" && /^\s*-\s+$|(^|&&\s*)\s*set\s+$/i.test(lead);
      return {
        value: text.slice(at + quote.length, close),
        start: at + quote.length,
        end: close,
        quote,
        quoteKept,
      };
    }
  }
  const lineEnd = endOfLine(text, at);
  const line = text.slice(at, lineEnd);
  const opens = /^\s*(?:-\s+)?(?:export\s+|set\s+|\$env:)?["']?$/i.test(lead);
  const crowded = /\s["']?[A-Z_][A-Z0-9_]+=|\s-e\s|\s&&\s|\s\\$/.test(line);
  const stop =
    opens && !crowded ? /\s+#.*$|\s*[,;]?\s*$/.exec(line)?.index : /[\s,;)}\]"'`]|\\$|$/.exec(line)?.index;
  return bare(text, at, at + (stop ?? line.length));
}

/** `-H "Authorization: Bearer ..."`: up to the quote that was open before it. */
function headerValue(text: string, at: number, nameStart: number): Value {
  const before = text[nameStart - 1] ?? "";
  const opened = text[at] === '"' || text[at] === "'" ? (text[at] ?? "") : "";
  const start = opened ? at + 1 : at;
  const closing = opened || (before === '"' || before === "'" ? before : "");
  const close = closing ? text.indexOf(closing, start) : -1;
  const end = close >= 0 ? close : endOfLine(text, at);
  return { ...bare(text, start, end), quote: closing };
}

function bare(text: string, start: number, end: number): Value {
  const value = text.slice(start, end).replace(/\s+$/, "");
  return { value, start, end: start + value.length, quote: "", quoteKept: false };
}

function endOfLine(text: string, at: number): number {
  const end = text.slice(at).search(/\r?\n/);
  return end < 0 ? text.length : at + end;
}

/** The strings of a list in brackets, each as a value of its name. */
function listItems(text: string, at: number, name: string, nameStart: number): Found[] {
  const close = text.indexOf("]", at);
  if (close < 0 || close - at > LONGEST_QUOTED || text.slice(at, close).includes("{")) return [];
  const items: Found[] = [];
  for (const item of text.slice(at, close).matchAll(/(["'])(.*?)\1/g)) {
    const start = at + item.index + 1;
    const value = item[2] ?? "";
    items.push({
      name,
      nameStart,
      value,
      start,
      end: start + value.length,
      quote: item[1] ?? "",
      quoteKept: false,
    });
  }
  return items;
}

/** `--model x`, and `cline auth -k x -b x -m x`; and what `setx` writes. */
function scanFlags(text: string): Found[] {
  const short = /\bcline\s+auth\b/.test(text);
  const flags = [...text.matchAll(FLAG)].filter(([, name = ""]) => short || name.length > 1);
  return [...flags, ...text.matchAll(SETX)].map((match) => {
    const [whole, name = "", given = ""] = match;
    const quote = /^["']/.exec(given)?.[0] ?? "";
    const start = match.index + whole.length - given.length + quote.length;
    const value = quote ? given.slice(1, -1) : given;
    return {
      name: SHORT_FLAGS[name] ?? name,
      nameStart: match.index,
      value,
      start,
      end: start + value.length,
      quote,
      quoteKept: false,
    };
  });
}
