import type Stripe from "stripe";
import { describe, expect, it } from "vitest";
import { compareTerms } from "@/lib/billing/compare-terms";
import { type Checkout, readCheckout } from "@/lib/billing/read-checkout";

const session = (fields: object) =>
  ({
    id: "cs_test_1",
    client_reference_id: "pur_1",
    amount_subtotal: 2000,
    amount_total: 2380,
    currency: "usd",
    livemode: false,
    status: "open",
    payment_status: "unpaid",
    payment_intent: null,
    invoice: null,
    url: "https://checkout.stripe.com/c/pay/cs_test_1",
    ...fields,
  }) as Stripe.Checkout.Session;

describe("readCheckout", () => {
  it("tells where a payment stands from the session alone", () => {
    const states: [object, Checkout["state"]][] = [
      [{}, "open"],
      [{ payment_intent: { id: "pi_1", status: "requires_payment_method" } }, "open"],
      [{ status: "expired" }, "expired"],
      [{ status: "complete", payment_intent: { id: "pi_1", status: "processing" } }, "processing"],
      [{ status: "complete", payment_intent: "pi_1" }, "processing"],
      [{ status: "complete", payment_intent: { id: "pi_1", status: "requires_payment_method" } }, "failed"],
      [{ status: "complete", payment_intent: { id: "pi_1", status: "canceled" } }, "failed"],
      [{ status: "complete", payment_status: "paid" }, "paid"],
      [{ status: "complete", payment_status: "no_payment_required" }, "paid"],
      [{ status: "status_of_tomorrow", payment_status: "also_new" }, "open"],
    ];
    for (const [fields, state] of states) expect(readCheckout(session(fields)).state).toBe(state);
  });

  it("takes amounts as bigint, links from what was expanded, and only our own order ids", () => {
    const checkout = readCheckout(
      session({
        payment_status: "paid",
        payment_intent: { id: "pi_1", latest_charge: { receipt_url: "https://pay.stripe.com/r" } },
        invoice: { hosted_invoice_url: "https://invoice.stripe.com/i" },
      }),
    );
    expect(checkout).toMatchObject({
      subtotalMinor: 2000n,
      totalMinor: 2380n,
      paymentIntentId: "pi_1",
      receiptUrl: "https://pay.stripe.com/r",
      invoiceUrl: "https://invoice.stripe.com/i",
    });
    expect(readCheckout(session({ client_reference_id: "order-77" })).purchaseId).toBeNull();
    expect(readCheckout(session({ client_reference_id: null })).purchaseId).toBeNull();
    expect(() => readCheckout(session({ amount_subtotal: 19.99 }))).toThrow(RangeError);
  });
});

describe("compareTerms", () => {
  const order = { priceMinor: 2000n, currency: "usd", livemode: false, checkoutSessionId: "cs_test_1" };
  const paid = readCheckout(session({ payment_status: "paid", payment_intent: "pi_1" }));

  it("agrees with what was ordered, taxes and an unsaved session id aside", () => {
    expect(compareTerms(order, paid)).toBeNull();
    expect(compareTerms({ ...order, checkoutSessionId: null, livemode: null }, paid)).toBeNull();
  });

  it("names every difference", () => {
    const wrong: Partial<Checkout>[] = [
      { sessionId: "cs_test_2" },
      { livemode: true },
      { currency: "eur" },
      { currency: null },
      { subtotalMinor: 1999n },
      { subtotalMinor: 2001n },
      { subtotalMinor: null },
      { paymentIntentId: null },
    ];
    for (const difference of wrong)
      expect(compareTerms(order, { ...paid, ...difference })).toEqual(expect.any(String));
  });
});
