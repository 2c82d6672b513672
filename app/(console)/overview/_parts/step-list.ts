import type { FirstSteps } from "@/lib/usage/overview";

/** In the order in which a new person takes them, each with the page where it happens. */
export const STEPS = [
  { name: "verified", href: "/verify" },
  { name: "credited", href: "/credits" },
  { name: "keyMade", href: "/tokens" },
  { name: "clientSetUp", href: "/setup" },
  { name: "called", href: "/setup/curl" },
] as const satisfies readonly { name: keyof FirstSteps; href: string }[];

/** The one to take next, or undefined when all are done. */
export function nextStep(steps: FirstSteps): (typeof STEPS)[number] | undefined {
  return STEPS.find(({ name }) => !steps[name]);
}

export function countDone(steps: FirstSteps): number {
  return STEPS.filter(({ name }) => steps[name]).length;
}
