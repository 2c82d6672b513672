import type Stripe from "stripe";
import { z } from "zod";
import { makeId } from "@/lib/sandbox/stripe/make-id";
import { boolean, expand, metadata, paramsFor, readParams } from "@/lib/sandbox/stripe/read-params";
import { badParam, noSuch } from "@/lib/sandbox/stripe/stripe-fault";
import type { Route } from "@/lib/sandbox/stripe/types";

type Features = Stripe.BillingPortal.ConfigurationCreateParams.Features;

const ConfigurationParams = paramsFor<Stripe.BillingPortal.ConfigurationCreateParams>()({
  expand,
  features: paramsFor<Features>()({
    customer_update: paramsFor<NonNullable<Features["customer_update"]>>()({
      allowed_updates: z
        .array(z.enum(["address", "email", "name", "phone", "shipping", "tax_id"]))
        .optional(),
      enabled: boolean,
    }).optional(),
    invoice_history: paramsFor<NonNullable<Features["invoice_history"]>>()({ enabled: boolean }).optional(),
    payment_method_update: paramsFor<NonNullable<Features["payment_method_update"]>>()({
      enabled: boolean,
    }).optional(),
  }),
  metadata: metadata.optional(),
});

const SessionParams = paramsFor<Stripe.BillingPortal.SessionCreateParams>()({
  configuration: z.string().optional(),
  customer: z.string(),
  expand,
  return_url: z.string().max(5_000).optional(),
});

/** The customer portal. https://docs.stripe.com/api/customer_portal */
export const portalRoutes: Route[] = [
  {
    method: "POST",
    path: "/v1/billing_portal/configurations",
    handle(context, request) {
      const { features, metadata: named } = readParams(ConfigurationParams, request.params);
      const configuration: Stripe.BillingPortal.Configuration = {
        id: makeId("bpc"),
        object: "billing_portal.configuration",
        active: true,
        application: null,
        business_profile: { headline: null, privacy_policy_url: null, terms_of_service_url: null },
        created: context.now(),
        default_return_url: null,
        features: {
          customer_update: {
            allowed_updates: features.customer_update?.allowed_updates ?? [],
            enabled: features.customer_update?.enabled ?? false,
          },
          invoice_history: { enabled: features.invoice_history?.enabled ?? false },
          payment_method_update: {
            enabled: features.payment_method_update?.enabled ?? false,
            payment_method_configuration: null,
          },
          subscription_cancel: {
            cancellation_reason: { enabled: false, feedback_options: null, options: [] },
            enabled: false,
            mode: "at_period_end",
            proration_behavior: "none",
          },
          subscription_pause: { duration: { interval_options: [], type: "indefinite" }, enabled: false },
          subscription_update: {
            billing_cycle_anchor: null,
            default_allowed_updates: [],
            enabled: false,
            proration_behavior: "none",
            schedule_at_period_end: { conditions: [] },
            trial_update_behavior: "end_trial",
          },
        },
        is_default: false,
        livemode: false,
        login_page: { enabled: false, url: null },
        metadata: named ?? {},
        name: null,
        updated: context.now(),
      };
      context.state.portalConfigurations[configuration.id] = configuration;
      return configuration;
    },
  },
  {
    method: "POST",
    path: "/v1/billing_portal/sessions",
    handle(context, request) {
      const { configuration, customer, return_url } = readParams(SessionParams, request.params);
      if (!context.state.customers[customer]) throw noSuch("customer", customer);
      // As at Stripe in test mode before anybody saved a default one.
      if (configuration === undefined) {
        throw badParam("configuration", "No configuration provided, and there is no default configuration.");
      }
      if (!context.state.portalConfigurations[configuration]) {
        throw badParam("configuration", `No such configuration: '${configuration}'`, "resource_missing");
      }
      const id = makeId("bps");
      const session: Stripe.BillingPortal.Session = {
        id,
        object: "billing_portal.session",
        configuration,
        created: context.now(),
        customer,
        customer_account: null,
        flow: null,
        livemode: false,
        locale: null,
        on_behalf_of: null,
        return_url: return_url ?? null,
        url: `${context.options.publicUrl}/sandbox/pay/portal/${id}`,
      };
      context.state.portalSessions[id] = session;
      return session;
    },
  },
];
