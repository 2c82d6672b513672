import { join } from "node:path";
import { EVENT_TYPES } from "@/lib/billing/event-types";
import { env } from "@/lib/env";
import { createStripeStandIn, type StripeStandIn } from "@/lib/sandbox/stripe/create-stand-in";

let standIn: StripeStandIn | undefined;

/**
 * The stand-in of this installation, made once: state in the data folder, events to the dashboard's webhook on
 * loopback. Call it when the sandbox process starts, so that deliveries left over from the last run go out.
 */
export function startStripe(): StripeStandIn {
  if (standIn) return standIn;
  const { PORT, STRIPE_WEBHOOK_SECRET, TOLLGATE_DATA_DIR, TOLLGATE_SANDBOX_URL } = env();
  if (!TOLLGATE_SANDBOX_URL) throw new Error("TOLLGATE_SANDBOX_URL is not set: the supervisor sets it");
  standIn = createStripeStandIn({
    stateFile: join(TOLLGATE_DATA_DIR, "sandbox", "stripe.json"),
    webhookUrl: `http://127.0.0.1:${PORT}/api/stripe/webhook`,
    webhookSecret: STRIPE_WEBHOOK_SECRET ?? "",
    webhookEvents: EVENT_TYPES,
    publicUrl: TOLLGATE_SANDBOX_URL.replace(/\/+$/, ""),
  });
  return standIn;
}
