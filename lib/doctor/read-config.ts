import { guessClient } from "@/lib/doctor/guess-client";
import { scanPairs } from "@/lib/doctor/scan-pairs";
import type { Found, PasteFormat, Reading } from "@/lib/doctor/types";

/** More than any configuration has; the rest of a paste is not looked at. */
export const MOST_CHARACTERS = 40_000;

const URL_NAME =
  /(?:base_?urls?|proxy_?url|api_?base(?:_?urls?)?|base_?path|api_?host|api_?url|base-url|api-base)$|^(?:url|endpoint|endpoint_url|baseurl)$|(?:URL|Host|Endpoint)$/i;
const OTHER_URL = /catalog|callback|webhook|redirect|homepage|website|schema|avatar|image|icon|doc/i;
const KEY_NAME =
  /(?:api_?keys?|auth_?token|access_?token|bearer_token|api-key|_key|secret_?key)$|^(?:key|token|authorization)$|\bKey$/i;
const OTHER_KEY = /^(?:env_?key|NEXTAUTH|next_auth|KEY_VAULTS|WEBUI_SECRET|public)/i;
const MODEL_NAME = /(?:^|[_.-]|[a-z])model(?:_?id|_?name|_?pref)?$|^(?:Model (?:ID|Name))$/i;
const LIST_NAME = /^(?:OPENAI|NEWAPI)_MODEL_LIST$|^CUSTOM_MODELS$/;
const LONE_URL = /(?:https?:)\/\/[^\s"'`<>)\]},;\\]+/g;
const LONE_KEY =
  /(?<![\w/-])(?:sk-[A-Za-z0-9_-]{8,}|mk-tg-\w+|AIza[\w-]{20,}|gsk_\w{20,}|xai-\w{20,}|hf_\w{20,}|pplx-\w{20,})/g;

/**
 * Understands whatever was pasted: an address, a key, an .env block, a curl line, a configuration file or a piece of
 * a program. Pure, and sends nothing anywhere. Only the first MOST_CHARACTERS are read.
 */
export function readConfig(paste: string): Reading {
  const text = paste.slice(0, MOST_CHARACTERS);
  const format = formatOf(text);
  const pairs = format === "url" || format === "key" ? [] : scanPairs(text);
  const named = (name: RegExp, but?: RegExp) =>
    pairs.filter((pair) => pair.name !== null && name.test(pair.name) && !but?.test(pair.name));
  const lists = named(LIST_NAME);
  const urls = named(URL_NAME, OTHER_URL)
    .filter(({ value }) => value !== "" && !/^[[{]/.test(value))
    .flatMap(splitList);
  const keys = named(KEY_NAME, OTHER_KEY)
    .filter(({ value }) => value !== "" && !/^(?:true|false|null|[\d.]+)$/i.test(value))
    .flatMap(splitList)
    .map((key) => joinBrokenKey(text, key));
  const models = [...named(MODEL_NAME), ...defaults(pairs, text)].filter(({ value }) => value !== "");
  const taken = [...pairs, ...keys];
  const free = (one: Found) => !taken.some(({ start, end }) => one.start < end && start < one.end);
  if (urls.length === 0 && format !== "key") urls.push(...loneUrls(text, format).filter(free));
  if (keys.length === 0)
    keys.push(
      ...loneKeys(text, format)
        .filter(free)
        .map((key) => joinBrokenKey(text, key)),
    );
  return {
    text,
    format,
    pairs,
    urls: urls.sort(byPlace),
    keys: keys.sort(byPlace),
    models: models.sort(byPlace),
    lists,
    client: guessClient(text),
    container:
      format === "compose" || /\bdocker(?:-compose)? (?:run|compose)\b|host\.docker\.internal/.test(text),
    hosted: /\bvercel\b|\brailway\b|\brender\.com\b|\bnetlify\b|lobehub\.com|lobechat\.com/i.test(text),
    broken: format === "json" ? jsonFault(text) : null,
  };
}

const byPlace = (a: Found, b: Found) => a.start - b.start;

function formatOf(text: string): PasteFormat {
  const plain = text.trim();
  if (plain === "") return "empty";
  const word = !/\s/.test(plain);
  if (word && /^["'`“]?(?:sk-|mk-tg-|AIza|gsk_|xai-)/.test(plain)) return "key";
  if (
    word &&
    /^["'`“]?(?:https?:\/\/|[\w-]+(?:\.[\w-]+)+(?::\d+)?(?:\/|$)|localhost(?::\d+)?(?:\/|$))/i.test(plain)
  )
    return "url";
  if (/^[{[]/.test(plain) && !/^\[[\w.-]+\]\s*$/m.test(plain)) return "json";
  if (/(?:^|\s)curl(?:\.exe)?\s/.test(plain)) return "curl";
  if (/^\s*services:\s*$/m.test(text)) return "compose";
  if (/^\s*\[[\w."-]+\]\s*$/m.test(text) || /^\s*[a-z_]+\s*=\s*"/m.test(text)) return "toml";
  if (/^\s*(?:export|setx?|\$env:|docker|cline|aider|codex|claude)\b/im.test(text)) return "shell";
  if (/^\s*[A-Z][A-Z0-9_]*\s*=/m.test(text)) return "env";
  if (/^\s*(?:-\s+)?["']?[\w-]+["']?:\s/m.test(text)) return "yaml";
  return "other";
}

/** Open WebUI takes several, divided by semicolons. */
function splitList(found: Found): Found[] {
  if (!found.value.includes(";") || !/S$/.test(found.name ?? "")) return [found];
  let start = found.start;
  return found.value.split(";").map((value) => {
    const part = { ...found, value, start, end: start + value.length };
    start += value.length + 1;
    return part;
  });
}

/** LibreChat's `models: { default: [...] }`. */
function defaults(pairs: readonly Found[], text: string): Found[] {
  return /\bmodels\s*:/.test(text) ? pairs.filter(({ name }) => name === "default") : [];
}

/** A key that a narrow window or a mail broke in two: its rest stands alone on the next line. */
function joinBrokenKey(text: string, key: Found): Found {
  if (!/^(?:Bearer\s+)?["'“]?[sm]k-tg-\w+$/.test(key.value)) return key;
  const rest = /^[ \t]*\r?\n[ \t]*([0-9A-Za-z]{3,50})(?=["'”]?[ \t]*(?:\r?\n|$))/.exec(text.slice(key.end));
  if (!rest || key.value.length >= 55) return key;
  const end = key.end + rest[0].length;
  return { ...key, value: text.slice(key.start, end), end };
}

function lone(text: string, pattern: RegExp): Found[] {
  return [...text.matchAll(pattern)].map((match) => at(match[0], match.index));
}

function at(value: string, start: number): Found {
  return {
    name: null,
    nameStart: start,
    value,
    start,
    end: start + value.length,
    quote: "",
    quoteKept: false,
  };
}

function loneUrls(text: string, format: PasteFormat): Found[] {
  if (format !== "url") return lone(text, LONE_URL).filter(({ value }) => !OTHER_URL.test(value));
  const plain = text.trim();
  return [at(plain, text.indexOf(plain))];
}

function loneKeys(text: string, format: PasteFormat): Found[] {
  const plain = text.trim();
  return format === "key" ? [at(plain, text.indexOf(plain))] : lone(text, LONE_KEY);
}

/** Comments and trailing commas are forgiven: the clients' files allow them. */
function jsonFault(text: string): string | null {
  const plain = text.replace(/^\s*\/\/.*$/gm, "").replace(/,(\s*[}\]])/g, "$1");
  try {
    JSON.parse(plain);
    return null;
  } catch (error) {
    return /[“”]/.test(text)
      ? "“ ”"
      : (error instanceof Error ? error.message : "").replace(/,? ?".*$/s, "").slice(0, 80);
  }
}
