import { randomBase62 } from "@/lib/ids";

const LENGTH = {
  cus: 14,
  prod: 14,
  price: 24,
  cs_test: 58,
  li: 24,
  pi: 24,
  pm: 24,
  ch: 24,
  dp: 24,
  re: 24,
  in: 24,
  bpc: 24,
  bps: 24,
  txi: 24,
  evt: 24,
  req: 14,
} as const;

/** An id in Stripe's manner, for example `pi_3N...`; sessions carry `cs_test_`. */
export function makeId(prefix: keyof typeof LENGTH): string {
  return `${prefix}_${randomBase62(LENGTH[prefix])}`;
}
