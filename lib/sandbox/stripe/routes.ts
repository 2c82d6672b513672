import { customerRoutes } from "@/lib/sandbox/stripe/resources/customers";
import { disputeRoutes } from "@/lib/sandbox/stripe/resources/disputes";
import { eventRoutes } from "@/lib/sandbox/stripe/resources/events";
import { offSessionRoutes } from "@/lib/sandbox/stripe/resources/off-session";
import { paymentMethodRoutes } from "@/lib/sandbox/stripe/resources/payment-methods";
import { paymentRoutes } from "@/lib/sandbox/stripe/resources/payments";
import { portalRoutes } from "@/lib/sandbox/stripe/resources/portal";
import { priceRoutes } from "@/lib/sandbox/stripe/resources/prices";
import { productRoutes } from "@/lib/sandbox/stripe/resources/products";
import { refundRoutes } from "@/lib/sandbox/stripe/resources/refunds";
import { sessionRoutes } from "@/lib/sandbox/stripe/resources/sessions";
import type { Route } from "@/lib/sandbox/stripe/types";

const ROUTES: readonly Route[] = [
  ...customerRoutes,
  ...disputeRoutes,
  ...eventRoutes,
  ...offSessionRoutes,
  ...paymentMethodRoutes,
  ...paymentRoutes,
  ...portalRoutes,
  ...priceRoutes,
  ...productRoutes,
  ...refundRoutes,
  ...sessionRoutes,
];

/** The route of a request with the values of its path, or undefined for everything the stand-in does not have. */
export function findRoute(
  method: string,
  path: string,
): { route: Route; ids: Record<string, string> } | undefined {
  const parts = path.split("/");
  for (const route of ROUTES) {
    if (route.method !== method) continue;
    const pattern = route.path.split("/");
    if (pattern.length !== parts.length) continue;
    const ids: Record<string, string> = {};
    const fits = pattern.every((part, index) => {
      const actual = parts[index] ?? "";
      if (!part.startsWith(":")) return part === actual;
      ids[part.slice(1)] = actual;
      return /^[\w-]+$/.test(actual);
    });
    if (fits) return { route, ids };
  }
  return undefined;
}
