/** What a text that stands where a key belongs is, by its shape alone. */
export type KeyShape =
  | { kind: "ours" | "management" | "mistyped" | "placeholder" | "masked" | "reference" | "unknown" }
  | { kind: "cut"; given: number; wanted: number }
  | { kind: "foreign"; provider: string };

const LENGTH = 55;
const CHECK_LENGTH = 6;
const DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/** Shapes that the providers give their keys, as their dashboards show them; the longest prefixes first. */
const PROVIDERS: readonly (readonly [shape: RegExp, provider: string])[] = [
  [/^sk-ant-/, "Anthropic"],
  [/^sk-(?:proj|svcacct|admin)-/, "OpenAI"],
  [/^sk-or-/, "OpenRouter"],
  [/^sk-lf-|^pk-lf-/, "Langfuse"],
  [/^AIza[\w-]{20,}/, "Google"],
  [/^gsk_/, "Groq"],
  [/^xai-/, "xAI"],
  [/^hf_/, "Hugging Face"],
  [/^pplx-/, "Perplexity"],
  [/^r8_/, "Replicate"],
  [/^fw_/, "Fireworks"],
  [/^csk-/, "Cerebras"],
  [/^nvapi-/, "NVIDIA"],
  [/^tgp_v1_/, "Together"],
  [/^gh[pousr]_|^github_pat_/, "GitHub"],
  [/^vck_/, "Vercel"],
  [/^[rs]k_(?:live|test)_/, "Stripe"],
  [/^sk-[0-9a-f]{32}$/, "DeepSeek"],
  [/^sk-[A-Za-z0-9]{20,}T3BlbkFJ/, "OpenAI"],
  [/^sk-[A-Za-z0-9_-]{16,}$/, "OpenAI"],
  [/^[0-9a-f]{32}$/, "Azure OpenAI"],
];

const PLACEHOLDER =
  /^(?:[<{[(]|your[\s_-]|paste[\s_-]|change[\s_-]?me|replace|insert|example|dummy|test$|none$|null$|todo|api[\s_-]?key$|key$|xxx|sk-(?:tg-)?(?:x{3,}|your|\.{3}|key|xxxx|1234|test)|sk-$)|_KEY$|_here$/i;
const REFERENCE =
  /^\$\{?\{?\s*(?:secrets\.|env\.|env:)?[A-Za-z_][\w.]*\s*\}?\}?$|^\{env:\w+\}$|^%\w+%$|^process\.env|^os\.(?:environ|getenv)|^\{\{\s*\w+\s*\}\}$|^\$env:/;

/** Judges a cleaned key. It proves a typing error by the checksum; whether the key is alive, only a call can tell. */
export function keyShape(text: string): KeyShape {
  if (REFERENCE.test(text) && !/^\{\{/.test(text)) return { kind: "reference" };
  if (/[…•]|\*{3}|\.{3}/.test(text)) return { kind: "masked" };
  if (PLACEHOLDER.test(text)) return { kind: "placeholder" };
  if (/^[sm]k-tg-/i.test(text)) return ownShape(text);
  const provider = PROVIDERS.find(([shape]) => shape.test(text))?.[1];
  return provider ? { kind: "foreign", provider } : { kind: "unknown" };
}

function ownShape(text: string): KeyShape {
  if (/^[sm]k-tg-(?:x+|X+|0+|1234.*)$/.test(text)) return { kind: "placeholder" };
  if (text.length !== LENGTH) return { kind: "cut", given: text.length, wanted: LENGTH };
  if (!/^[sm]k-tg-[0-9A-Za-z]{49}$/.test(text)) return { kind: "mistyped" };
  const body = text.slice(0, -CHECK_LENGTH);
  if (checksum(body) !== text.slice(-CHECK_LENGTH)) return { kind: "mistyped" };
  return { kind: text.startsWith("mk-") ? "management" : "ours" };
}

/** As lib/keys/token makes it, here without Node's zlib, so that a browser can do it too. CRC-32, IEEE 802.3. */
function checksum(body: string): string {
  let crc = 0xffffffff;
  for (let index = 0; index < body.length; index++) {
    crc ^= body.charCodeAt(index);
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  let rest = (crc ^ 0xffffffff) >>> 0;
  let digits = "";
  for (let place = 0; place < CHECK_LENGTH; place++) {
    digits = DIGITS.charAt(rest % 62) + digits;
    rest = Math.floor(rest / 62);
  }
  return digits;
}

/** A key as it may be shown: its beginning and its last four characters. */
export function maskShown(text: string): string {
  const plain = text.replace(/\s+/g, " ").trim();
  if (plain.length < 16) return plain.length < 9 ? plain : `${plain.slice(0, 4)}…`;
  const prefix =
    /^(?:Bearer )?["'“]?(?:[sm]k-tg-|sk-ant-|sk-proj-|sk-or-|AIza|[a-z0-9]{2,4}[-_])/.exec(plain)?.[0] ??
    plain.slice(0, 3);
  return `${prefix}…${plain.slice(-4)}`;
}
