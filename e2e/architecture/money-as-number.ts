import type { Source } from "@/e2e/architecture/read-sources";

const NAME = String.raw`\w*(?:Nano|Pico|Minor|nano|pico|minor)`;
/** A field or parameter that holds money and is typed as a number. */
const TYPED = new RegExp(String.raw`\b(${NAME})\??\s*:\s*(?:readonly\s+)?number\b`, "g");
/** Money handed to something that makes or takes a number. */
const MADE = new RegExp(
  String.raw`\b(?:Number|parseFloat|parseInt|Math\.\w+)\(\s*(?:[\w?.]+\.)?(${NAME})\b`,
  "g",
);
/** Where amounts cross to Stripe's JSON, as whole minor units and checked; and the stand-in, which is its other side. */
const isCrossing = (path: string) =>
  path === "lib/billing/minor-units.ts" || path.startsWith("lib/sandbox/stripe/");

/** Every place in the product where money becomes, or is declared as, a JavaScript number. */
export function findMoneyAsNumber(sources: readonly Source[]): string[] {
  return sources
    .filter(({ path, isTest }) => !isTest && !isCrossing(path))
    .flatMap(({ path, text }) => {
      const code = text.replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, "");
      return [...code.matchAll(TYPED), ...code.matchAll(MADE)].map(
        ([found]) => `${path}: ${found.replace(/\s+/g, " ")}: money is bigint`,
      );
    });
}
