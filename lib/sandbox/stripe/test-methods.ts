import type Stripe from "stripe";

/** What the payment page offers: Stripe's own test numbers, https://docs.stripe.com/testing */
export type TestMethod =
  | "card"
  | "card_declined"
  /** Pays with its owner present; later charges need the owner again. */
  | "card_owner"
  /** Pays with its owner present; later charges are declined. */
  | "card_later_declined"
  | "debit"
  | "debit_failing";

interface Entry {
  /** How the page names it. */
  label: string;
  number: string;
  effect: string;
  failureCode: "card_declined" | "payment_intent_payment_attempt_failed";
  failureMessage: string;
  method: Pick<Stripe.PaymentMethod, "type" | "card" | "us_bank_account">;
  details(amount: number): Stripe.Charge.PaymentMethodDetails;
}

export const TEST_METHODS: Record<TestMethod, Entry> = {
  card: cardEntry("4242", "4242 4242 4242 4242", "Pays at once"),
  card_declined: cardEntry("0002", "4000 0000 0000 0002", "Is declined"),
  card_owner: cardEntry("3184", "4000 0027 6000 3184", "Pays at once; a later charge needs its owner"),
  card_later_declined: cardEntry("0341", "4000 0000 0000 0341", "Pays at once; a later charge is declined"),
  debit: debitEntry("6789", "000123456789", "Pays later: confirmed after a few seconds"),
  debit_failing: debitEntry("1116", "000111111116", "Pays later, and fails after a few seconds"),
};

function cardEntry(last4: string, number: string, effect: string): Entry {
  return {
    label: "Visa test card",
    number,
    effect,
    failureCode: "card_declined",
    failureMessage: "Your card was declined.",
    method: {
      type: "card",
      card: {
        brand: "visa",
        checks: { address_line1_check: null, address_postal_code_check: null, cvc_check: "pass" },
        country: "US",
        display_brand: "visa",
        exp_month: 12,
        exp_year: 2034,
        fingerprint: `standin${last4}`,
        funding: "credit",
        generated_from: null,
        last4,
        networks: { available: ["visa"], preferred: null },
        regulated_status: "unregulated",
        three_d_secure_usage: { supported: true },
        wallet: null,
      },
    },
    details: (amount) => ({
      type: "card",
      card: {
        amount_authorized: amount,
        authorization_code: "123456",
        brand: "visa",
        checks: { address_line1_check: null, address_postal_code_check: null, cvc_check: "pass" },
        country: "US",
        electronic_commerce_indicator: null,
        exp_month: 12,
        exp_year: 2034,
        fingerprint: `standin${last4}`,
        funding: "credit",
        installments: null,
        last4,
        mandate: null,
        network: "visa",
        network_token: { used: false },
        network_transaction_id: "123456789012345",
        regulated_status: "unregulated",
        three_d_secure: null,
        transaction_link_id: null,
        wallet: null,
      },
    }),
  };
}

function debitEntry(last4: string, number: string, effect: string): Entry {
  return {
    label: "Bank debit test account",
    number,
    effect,
    failureCode: "payment_intent_payment_attempt_failed",
    failureMessage: "The customer's bank returned the debit.",
    method: {
      type: "us_bank_account",
      us_bank_account: {
        account_holder_type: "individual",
        account_type: "checking",
        bank_name: "STAND-IN BANK",
        financial_connections_account: null,
        fingerprint: `standin${last4}`,
        last4,
        networks: { preferred: "ach", supported: ["ach"] },
        routing_number: "110000000",
        status_details: {},
      },
    },
    details: () => ({
      type: "us_bank_account",
      us_bank_account: {
        account_holder_type: "individual",
        account_type: "checking",
        bank_name: "STAND-IN BANK",
        fingerprint: `standin${last4}`,
        last4,
        payment_reference: null,
        routing_number: "110000000",
      },
    }),
  };
}
