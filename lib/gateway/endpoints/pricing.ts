import { authenticate } from "@/lib/gateway/authenticate";
import type { Call } from "@/lib/gateway/call";
import { findCredential } from "@/lib/gateway/credentials";
import { PRICING_ENDPOINTS, pricingEntry } from "@/lib/gateway/dialects/pricing-entry";
import { modelsFor } from "@/lib/gateway/find-model";
import { sendJson } from "@/lib/gateway/respond";

/**
 * GET /api/pricing: prices as new-api publishes them, which LobeHub's `newapi` provider reads. They are public; with a
 * key, those of the models that it may use.
 */
export async function pricingEndpoint(call: Call): Promise<void> {
  const key = findCredential(call.req) === null ? null : await authenticate(call);
  sendJson(call, 200, {
    success: true,
    message: "",
    data: modelsFor(call.services.catalog.current, key).map(pricingEntry),
    vendors: [],
    group_ratio: { default: 1 },
    usable_group: { default: "default" },
    auto_groups: [],
    supported_endpoint: PRICING_ENDPOINTS,
  });
}
