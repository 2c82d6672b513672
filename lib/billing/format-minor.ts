/** Digits after the point where they are not two: https://docs.stripe.com/currencies#zero-decimal */
const DIGITS: Record<string, number> = {
  jpy: 0,
  krw: 0,
  vnd: 0,
  clp: 0,
  kwd: 3,
  bhd: 3,
  jod: 3,
  omr: 3,
  tnd: 3,
};
const SYMBOLS: Record<string, string> = { usd: "$", eur: "€", gbp: "£", jpy: "¥" };

/** A price for people, exactly: 2000n and "usd" is "$20.00"; other currencies carry their code. */
export function formatMinor(minor: bigint, currency: string): string {
  const digits = DIGITS[currency] ?? 2;
  const sign = minor < 0n ? "−" : "";
  const text = (minor < 0n ? -minor : minor).toString().padStart(digits + 1, "0");
  const whole = text.slice(0, text.length - digits).replace(/\B(?=(\d{3})+(?!\d))/g, ",");
  const amount = digits > 0 ? `${whole}.${text.slice(-digits)}` : whole;
  const symbol = SYMBOLS[currency];
  return symbol ? `${sign}${symbol}${amount}` : `${sign}${amount} ${currency.toUpperCase()}`;
}
