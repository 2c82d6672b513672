import type { Settings } from "@/lib/run/check-settings";

export type StandIn = "payments" | "mail" | "provider";

/** The key that the SDK sends to the stand-in of the payment service. */
export const STAND_IN_STRIPE_KEY = "sk_test_standin";

const isSet = (settings: Settings, name: string) => Boolean(settings[name]?.trim());

/**
 * Which stand-ins a local start needs before the database is asked: none in production, where what is missing is
 * refused instead. A start that already has one keeps the provider's too, so that the whole journey stays walkable.
 */
export function planStandIns(settings: Settings, hasProvider: boolean): StandIn[] {
  if (settings.TOLLGATE_ENV?.trim() === "production") return [];
  const standIns: StandIn[] = [];
  if (!isSet(settings, "STRIPE_SECRET_KEY")) standIns.push("payments");
  if (!isSet(settings, "SMTP_URL")) standIns.push("mail");
  if (!hasProvider || standIns.length > 0) standIns.push("provider");
  return standIns;
}

/** What a missing stand-in's settings are for the processes. */
export function standInSettings(standIns: readonly StandIn[], sandboxUrl: string): Record<string, string> {
  const settings: Record<string, string> = { TOLLGATE_STAND_INS: standIns.join(",") };
  if (standIns.length > 0) settings.TOLLGATE_SANDBOX_URL = sandboxUrl;
  if (standIns.includes("payments")) {
    settings.STRIPE_SECRET_KEY = STAND_IN_STRIPE_KEY;
    settings.STRIPE_API_BASE = sandboxUrl;
  }
  return settings;
}
