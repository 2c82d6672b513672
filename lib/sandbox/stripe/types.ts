import type Stripe from "stripe";

/**
 * What the stand-in keeps and answers. Every object is the SDK's own type, so that a new version of the SDK
 * which changes a shape fails the type check here.
 */

/** On the wire a decimal is a string; the SDK turns it into its Decimal after parsing. */
export type WirePrice = Omit<Stripe.Price, "unit_amount_decimal" | "currency_options" | "tiers"> & {
  unit_amount_decimal: string | null;
};
export type WireLineItem = Omit<Stripe.LineItem, "price"> & { price: WirePrice | null };

/** How a bank debit ends: asked for on the payment page, carried out a few seconds later. */
export type LaterOutcome = "succeeds" | "fails";

export interface SessionRecord {
  session: Stripe.Checkout.Session;
  lineItems: WireLineItem[];
  /** What the payment intent is made with once somebody pays. */
  intent: {
    description: string | null;
    metadata: Stripe.Metadata;
    receiptEmail: string | null;
    futureUsage: "off_session" | "on_session" | null;
  };
  /** Set while a bank debit is under way. */
  later: { outcome: LaterOutcome; dueMs: number } | null;
}

/** One event on its way to the webhook address. */
export interface Delivery {
  eventId: string;
  attempts: number;
  /** When to try next, epoch milliseconds; null once it was delivered or given up. */
  nextAttemptMs: number | null;
  delivered: boolean;
  lastError: string | null;
}

/** The saved answer to a POST with an idempotency key. */
export interface SavedReply {
  method: string;
  path: string;
  bodySha256: string;
  status: number;
  body: string;
  requestId: string;
  createdMs: number;
}

export interface State {
  version: 1;
  customers: Record<string, Stripe.Customer>;
  products: Record<string, Stripe.Product>;
  prices: Record<string, WirePrice>;
  sessions: Record<string, SessionRecord>;
  paymentIntents: Record<string, Stripe.PaymentIntent>;
  paymentMethods: Record<string, Stripe.PaymentMethod>;
  charges: Record<string, Stripe.Charge>;
  refunds: Record<string, Stripe.Refund>;
  disputes: Record<string, Stripe.Dispute>;
  invoices: Record<string, Stripe.Invoice>;
  portalConfigurations: Record<string, Stripe.BillingPortal.Configuration>;
  portalSessions: Record<string, Stripe.BillingPortal.Session>;
  events: Record<string, Stripe.EventBase>;
  deliveries: Record<string, Delivery>;
  replies: Record<string, SavedReply>;
}

/** What the world does to events on their way; nothing of it where it is not set. */
export interface Chaos {
  /** How often each event is delivered beyond the first time. */
  duplicates: number;
  /** The most that a delivery is held back, milliseconds, so that later events overtake earlier ones. */
  delayMs: number;
  /** Share of events, 0 to 1, that are never delivered. */
  drop: number;
  /** Share of deliveries whose answer is lost on the way back, so that the event comes again. */
  fail: number;
  /** Numbers in [0, 1). */
  random: () => number;
}

export interface StandInOptions {
  chaos?: Chaos | undefined;
  /** Where the state survives a restart; undefined keeps it in memory. */
  stateFile?: string | undefined;
  /** Where events go; undefined records them without sending. */
  webhookUrl?: string | undefined;
  webhookSecret: string;
  /** Event types the webhook address is subscribed to; default all. */
  webhookEvents?: readonly string[] | undefined;
  /** Origin that a browser reaches the payment page at, without a trailing slash. */
  publicUrl: string;
  /** Waits before the second, third, ... attempt of a delivery. The last one repeats, for three days in all. */
  retryDelaysMs?: readonly number[] | undefined;
  /** How long a bank debit takes. */
  laterMs?: number | undefined;
  /** Epoch milliseconds. */
  now?: (() => number) | undefined;
}

/** What every part of the stand-in is given. */
export interface StandInContext {
  state: State;
  options: StandInOptions;
  nowMs(): number;
  /** Seconds, as Stripe writes times. */
  now(): number;
  /** Records an event and, if the webhook is subscribed to its type, queues its delivery. */
  emit(type: Stripe.Event.Type, object: unknown, cause?: ApiCause | null, previous?: unknown): void;
  /** Resolves when everything changed so far is in the state file. */
  save(): Promise<void>;
}

/** The API request that led to an event. */
export interface ApiCause {
  id: string;
  idempotency_key: string | null;
}

export interface ApiRequest {
  method: string;
  path: string;
  /** The values of the route's `:name` parts. */
  ids: Record<string, string>;
  /** Body of a POST, query of a GET, as nested plain objects of strings. */
  params: unknown;
  cause: ApiCause;
}

export interface Route {
  method: "GET" | "POST" | "DELETE";
  /** For example `/v1/customers/:id`. */
  path: string;
  handle(context: StandInContext, request: ApiRequest): object;
}
