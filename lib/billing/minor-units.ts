/**
 * The one place where an amount crosses between Stripe's JSON numbers and our bigint. Both are whole minor units
 * (cents): https://docs.stripe.com/currencies#minor-units
 */

/** Throws RangeError on anything that is not a whole, non-negative, exactly represented number. */
export function fromStripeMinor(amount: number): bigint {
  if (!Number.isSafeInteger(amount) || amount < 0)
    throw new RangeError(`not an amount in minor units: ${amount}`);
  return BigInt(amount);
}

/** Throws RangeError beyond what a JSON number holds exactly. */
export function toStripeMinor(amount: bigint): number {
  const number = Number(amount);
  if (amount < 0n || !Number.isSafeInteger(number))
    throw new RangeError(`not an amount for Stripe: ${amount}`);
  return number;
}
