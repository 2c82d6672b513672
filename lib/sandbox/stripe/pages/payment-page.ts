import { formatAmount } from "@/lib/sandbox/stripe/pages/format-amount";
import { html } from "@/lib/sandbox/stripe/pages/html";
import type { Page } from "@/lib/sandbox/stripe/pages/layout";
import { TEST_METHODS, type TestMethod } from "@/lib/sandbox/stripe/test-methods";
import type { SessionRecord, StandInContext } from "@/lib/sandbox/stripe/types";

const ORDER: TestMethod[] = [
  "card",
  "card_declined",
  "card_owner",
  "card_later_declined",
  "debit",
  "debit_failing",
];

/** The page of an open session: what is bought, how to pay, and the way back. */
export function paymentPage(
  context: StandInContext,
  record: SessionRecord,
  shown: { email?: string; method?: TestMethod; problem?: string } = {},
): Page {
  const { session, lineItems } = record;
  const currency = session.currency ?? "usd";
  const total = formatAmount(session.amount_total ?? 0, currency);
  const customer = context.state.customers[String(session.customer)];
  const known = customer?.email ?? session.customer_email;
  const chosen = shown.method ?? "card";
  const success = new URL(session.success_url ?? context.options.publicUrl);

  return {
    status: shown.problem ? 402 : 200,
    title: `Pay ${total} (stand-in)`,
    layout: "pay",
    formTargets: [success.origin],
    body: html`
<section aria-label="Your order">
  <h1>Pay Tollgate</h1>
  <p class="total">${total}</p>
  <dl>
    ${lineItems.map(
      (line) =>
        html`<div><dt>${line.description}${(line.quantity ?? 1) > 1 ? html` &times; ${line.quantity ?? 1}` : null}</dt><dd class="amount">${formatAmount(line.amount_total, currency)}</dd></div>`,
    )}
    <div class="sum"><dt>Total due</dt><dd class="amount">${total}</dd></div>
  </dl>
</section>
<form class="card" method="post" action="/sandbox/pay/${session.id}">
  <h2>Pay</h2>
  ${shown.problem ? html`<p class="bad" role="alert">${shown.problem}</p>` : null}
  ${
    known
      ? html`<p class="small"><span class="soft">Email</span><br>${known}</p><input type="hidden" name="email" value="${known}">`
      : html`<div><label class="field" for="email">Email</label><input id="email" name="email" type="email" required maxlength="200" autocomplete="email" value="${shown.email ?? ""}"></div>`
  }
  <fieldset>
    <legend>Pay with a test method</legend>
    ${ORDER.map((method) => {
      const entry = TEST_METHODS[method];
      return html`<label class="choice"><input type="radio" name="method" value="${method}"${method === chosen ? html` checked` : null}><span><code>${entry.number}</code><span class="small soft">${entry.label}. ${entry.effect}.</span></span></label>`;
    })}
  </fieldset>
  <button type="submit">Pay ${total}</button>
  ${session.cancel_url ? html`<a class="back" href="${session.cancel_url}">Cancel and go back</a>` : null}
  <p class="small soft">With a Stripe key this is Stripe's own page; in its test mode, card 4242 4242 4242 4242 works.</p>
</form>`,
  };
}
