import type Stripe from "stripe";
import { makeId } from "@/lib/sandbox/stripe/make-id";
import { formatAmount } from "@/lib/sandbox/stripe/pages/format-amount";
import { html } from "@/lib/sandbox/stripe/pages/html";
import type { Page } from "@/lib/sandbox/stripe/pages/layout";
import { messagePage } from "@/lib/sandbox/stripe/pages/message-page";
import type { StandInContext } from "@/lib/sandbox/stripe/types";

const OPEN_S = 3_600;
const FIELDS = [
  { name: "name", label: "Name or company", complete: "organization", max: 256 },
  { name: "line1", label: "Address", complete: "address-line1", max: 200 },
  { name: "postal_code", label: "Postal code", complete: "postal-code", max: 20 },
  { name: "city", label: "City", complete: "address-level2", max: 100 },
  { name: "country", label: "Country (two letters)", complete: "country", max: 2 },
  { name: "tax_id", label: "VAT id", complete: "off", max: 30 },
] as const;

/** The customer portal: billing details with the tax id, saved cards, invoices. `body` is a form that was sent. */
export async function answerPortal(
  context: StandInContext,
  session: Stripe.BillingPortal.Session,
  body: string | null,
): Promise<Page> {
  const customer = context.state.customers[session.customer];
  if (!customer || session.created + OPEN_S < context.now()) {
    const back = session.return_url ? { href: session.return_url, label: "Go back" } : null;
    return messagePage(410, "This page has expired", "Nothing was changed. Open it again.", back);
  }
  if (body === null) return portalPage(context, session, customer, null);
  const form = new URLSearchParams(body);
  const card = context.state.paymentMethods[form.get("remove") ?? ""];
  if (card && card.customer === customer.id) card.customer = null;
  else save(context, customer, form);
  context.emit("customer.updated", customer);
  await context.save();
  return portalPage(context, session, customer, card ? "The card was removed." : "Your details are saved.");
}

function save(context: StandInContext, customer: Stripe.Customer, form: URLSearchParams): void {
  const [name, line1, postal, city, country, taxId] = FIELDS.map((field) =>
    (form.get(field.name) ?? "").trim().slice(0, field.max),
  );
  customer.name = name || null;
  customer.address = {
    city: city || null,
    country: country?.toUpperCase() || null,
    line1: line1 || null,
    line2: null,
    postal_code: postal || null,
    state: null,
  };
  const made: Stripe.TaxId = {
    id: makeId("txi"),
    object: "tax_id",
    country: customer.address.country,
    created: context.now(),
    customer: customer.id,
    customer_account: null,
    livemode: false,
    owner: null,
    type: "eu_vat",
    value: taxId ?? "",
    verification: { status: "unavailable", verified_address: null, verified_name: null },
  };
  const url = `/v1/customers/${customer.id}/tax_ids`;
  customer.tax_ids = { object: "list", data: taxId ? [made] : [], has_more: false, url };
}

function portalPage(
  { state }: StandInContext,
  session: Stripe.BillingPortal.Session,
  customer: Stripe.Customer,
  done: string | null,
): Page {
  const values: Record<string, string | null | undefined> = {
    ...customer.address,
    name: customer.name,
    tax_id: customer.tax_ids?.data[0]?.value,
  };
  const action = `/sandbox/pay/portal/${session.id}`;
  const cards = Object.values(state.paymentMethods).filter((method) => method.customer === customer.id);
  const invoices = Object.values(state.invoices).filter((invoice) => invoice.customer === customer.id);
  return {
    status: 200,
    title: "Billing (stand-in)",
    layout: "narrow",
    body: html`
<form class="card" method="post" action="${action}">
  <h1>Billing</h1>
  <h2>Your details</h2>
  ${done ? html`<p role="status">${done}</p>` : null}
  <p class="small soft">They stand on your next invoices.</p>
  ${FIELDS.map(
    ({ name, label, complete, max }) =>
      html`<div><label class="field" for="${name}">${label}</label><input id="${name}" name="${name}" maxlength="${max}" autocomplete="${complete}" value="${values[name] ?? ""}"></div>`,
  )}
  <button type="submit">Save</button>
</form>
<section class="card">
  <h2>Saved cards</h2>
  ${cards.length === 0 ? html`<p class="soft">None.</p>` : null}
  ${cards.map(
    ({ id, card }) =>
      html`<form method="post" action="${action}"><input type="hidden" name="remove" value="${id}"><button type="submit">Remove card &bull;&bull;&bull;&bull; ${card?.last4 ?? ""}</button></form>`,
  )}
</section>
<section class="card">
  <h2>Invoices</h2>
  ${invoices.length === 0 ? html`<p class="soft">None.</p>` : null}
  <dl>${invoices.map(
    (invoice) =>
      html`<div><dt><a href="${invoice.hosted_invoice_url}">${invoice.number}</a></dt><dd>${formatAmount(invoice.total, invoice.currency)}</dd></div>`,
  )}</dl>
</section>
${session.return_url ? html`<a class="back" href="${session.return_url}">Back to Tollgate</a>` : null}`,
  };
}
