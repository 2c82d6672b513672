import { usdExact } from "@/lib/money";

/** "$3,813.409458072": to the last digit, so that whoever adds amounts up gets the sum that stands below. */
export function exactUsd(nano: bigint): string {
  const [whole = "0", fraction = ""] = usdExact(nano < 0n ? -nano : nano).split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  return `${nano < 0n ? "−" : ""}$${grouped}.${fraction.padEnd(2, "0")}`;
}
