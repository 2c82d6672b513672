import type Stripe from "stripe";
import { formatAmount } from "@/lib/sandbox/stripe/pages/format-amount";
import { html } from "@/lib/sandbox/stripe/pages/html";
import type { Page } from "@/lib/sandbox/stripe/pages/layout";

/** What `receipt_url` of a charge shows; an invoice's page is the same with its number. */
export function receiptPage(charge: Stripe.Charge, invoice?: Stripe.Invoice): Page {
  const amount = formatAmount(charge.amount, charge.currency);
  const when = new Date(charge.created * 1000).toISOString().replace("T", " ").slice(0, 16);
  const details = charge.payment_method_details;
  const last4 = details?.card?.last4 ?? details?.us_bank_account?.last4 ?? "";
  return {
    status: 200,
    title: `${invoice ? "Invoice" : "Receipt"} for ${amount} (stand-in)`,
    layout: "narrow",
    body: html`
<section class="card">
  <div><h1>${invoice ? `Invoice ${invoice.number}` : "Receipt"}</h1><p class="total">${amount}</p></div>
  <dl>
    <div><dt>For</dt><dd>${charge.description ?? "Payment"}</dd></div>
    <div><dt>${charge.paid ? "Paid" : "Started"}</dt><dd>${when} UTC</dd></div>
    <div><dt>With</dt><dd>${details?.card ? "Visa" : "Bank debit"} &bull;&bull;&bull;&bull; ${last4}</dd></div>
    <div><dt>To</dt><dd>${invoice?.customer_name ? `${invoice.customer_name}, ` : ""}${charge.billing_details.email}</dd></div>
    ${(invoice?.customer_tax_ids ?? []).map(({ value }) => html`<div><dt>Tax id</dt><dd>${value}</dd></div>`)}
    ${charge.amount_refunded > 0 ? html`<div><dt>Refunded</dt><dd>${formatAmount(charge.amount_refunded, charge.currency)}</dd></div>` : null}
    <div class="sum"><dt>Amount charged</dt><dd>${amount}</dd></div>
  </dl>
</section>
<footer>Charge ${charge.id}. This receipt is from the stand-in: nobody paid anything.</footer>`,
  };
}
