/**
 * Money, exactly. Amounts are signed bigint nano-USD ($1e-9); prices are bigint pico-USD per unit
 * (pico-USD per token = micro-USD per million tokens). Nothing here ever becomes a JavaScript number.
 */

export const NANO_PER_USD = 1_000_000_000n;
export const NANO_PER_CENT = 10_000_000n;
export const PICO_PER_NANO = 1_000n;
/** The largest amount a BIGINT column holds, in nano-USD: about $9.2 billion. */
export const MAX_NANO = 9_223_372_036_854_775_807n;
/** No call may claim more tokens than this in one bucket; checked before anything is multiplied. */
export const MAX_TOKENS = 1_000_000_000;

/** Pico-USD to nano-USD, rounded up; call it once per request, on the sum. */
export function nanoFromPico(pico: bigint): bigint {
  if (pico < 0n) throw new RangeError("a cost cannot be negative");
  return (pico + PICO_PER_NANO - 1n) / PICO_PER_NANO;
}

/** A token count as a bigint, for multiplying. Throws RangeError unless it is an integer in 0..MAX_TOKENS. */
export function tokenCount(count: number): bigint {
  if (!Number.isInteger(count) || count < 0 || count > MAX_TOKENS) {
    throw new RangeError(`not a token count: ${count}`);
  }
  return BigInt(count);
}

const USD = /^(-?)(\d{1,10})(?:\.(\d{1,9}))?$/;

/** "12.5" to nano-USD. Throws RangeError on anything that is not a plain decimal with at most nine places. */
export function parseUsd(text: string): bigint {
  const match = USD.exec(text.trim());
  if (!match) throw new RangeError(`not an amount in USD: ${text.slice(0, 40)}`);
  const [, sign, whole = "0", fraction = ""] = match;
  const nano = BigInt(whole) * NANO_PER_USD + BigInt(fraction.padEnd(9, "0"));
  if (nano > MAX_NANO) throw new RangeError("amount beyond the ledger's range");
  return sign === "-" ? -nano : nano;
}

/** "2.5" USD per million tokens to pico-USD per token: at most six places. Throws RangeError otherwise. */
export function parseUsdPerMillion(text: string): bigint {
  const match = /^(\d{1,7})(?:\.(\d{1,6}))?$/.exec(text.trim());
  if (!match) throw new RangeError(`not a price in USD per million: ${text.slice(0, 40)}`);
  const [, whole = "0", fraction = ""] = match;
  return BigInt(whole) * 1_000_000n + BigInt(fraction.padEnd(6, "0"));
}

/** Exact decimal USD, without trailing zeros: 4120000n is "0.00412". For headers, exports and the command line. */
export function usdExact(nano: bigint): string {
  const sign = nano < 0n ? "-" : "";
  const abs = nano < 0n ? -nano : nano;
  const fraction = (abs % NANO_PER_USD).toString().padStart(9, "0").replace(/0+$/, "");
  return `${sign}${abs / NANO_PER_USD}${fraction ? `.${fraction}` : ""}`;
}

/** Pico-USD per token as exact decimal USD per million tokens: 37500n is "0.0375". */
export function usdPerMillion(pico: bigint): string {
  const fraction = (pico % 1_000_000n).toString().padStart(6, "0").replace(/0+$/, "");
  return `${pico / 1_000_000n}${fraction ? `.${fraction}` : ""}`;
}

/** Pico-USD per token as exact decimal USD per token, as OpenRouter's model lists write prices. */
export function usdPerToken(pico: bigint): string {
  const fraction = (pico % 1_000_000_000_000n).toString().padStart(12, "0").replace(/0+$/, "");
  return `${pico / 1_000_000_000_000n}${fraction ? `.${fraction}` : ""}`;
}

/**
 * For people: two decimals from $1 up, below that as many as give three significant digits, never
 * scientific; U+2212 for minus. Truncated towards zero, so that a balance never reads higher than it is.
 */
export function formatUsd(nano: bigint, options: { sign?: boolean } = {}): string {
  const abs = nano < 0n ? -nano : nano;
  const sign = nano < 0n ? "−" : options.sign && nano > 0n ? "+" : "";
  const whole = abs / NANO_PER_USD;
  const fraction = (abs % NANO_PER_USD).toString().padStart(9, "0");
  const grouped = whole.toString().replace(/\B(?=(\d{3})+(?!\d))/g, ",");
  if (whole > 0n || abs === 0n) return `${sign}$${grouped}.${fraction.slice(0, 2)}`;
  const lead = fraction.search(/[1-9]/);
  const shown = fraction
    .slice(0, lead + 3)
    .replace(/0+$/, "")
    .padEnd(2, "0");
  return `${sign}$0.${shown}`;
}
