import type { IncomingMessage, ServerResponse } from "node:http";
import { log } from "@/lib/log";
import { answerPortal } from "@/lib/sandbox/stripe/pages/answer-portal";
import { type Page, renderPage } from "@/lib/sandbox/stripe/pages/layout";
import { messagePage } from "@/lib/sandbox/stripe/pages/message-page";
import { paymentPage } from "@/lib/sandbox/stripe/pages/payment-page";
import { receiptPage } from "@/lib/sandbox/stripe/pages/receipt-page";
import { paySession } from "@/lib/sandbox/stripe/pay-session";
import { readBody } from "@/lib/sandbox/stripe/read-body";
import { StripeFault } from "@/lib/sandbox/stripe/stripe-fault";
import { TEST_METHODS, type TestMethod } from "@/lib/sandbox/stripe/test-methods";
import type { SessionRecord, StandInContext } from "@/lib/sandbox/stripe/types";

/** Pages for people, `/sandbox/pay/...`: a session, a receipt, an invoice. Never throws. */
export async function answerPage(
  context: StandInContext,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<void> {
  try {
    const answer = await choose(context, request, url);
    if (typeof answer === "string") {
      response.writeHead(303, { location: answer, "cache-control": "no-store" }).end();
      return;
    }
    send(response, answer, request.method === "HEAD");
  } catch (error) {
    if (!(error instanceof StripeFault)) log.error({ err: error }, "a page of the payment stand-in failed");
    const status = error instanceof StripeFault ? error.status : 500;
    send(response, messagePage(status, "That did not work", "Go back and try again."));
  }
}

function send(response: ServerResponse, page: Page, headOnly = false): void {
  const { status, headers, text } = renderPage(page);
  response.writeHead(status, headers).end(headOnly ? undefined : text);
}

/** A page, or where to go. */
async function choose(context: StandInContext, request: IncomingMessage, url: URL): Promise<Page | string> {
  const [kind = "", id = ""] = url.pathname.slice("/sandbox/pay/".length).split("/");
  const reading = request.method === "GET" || request.method === "HEAD";
  if (kind === "receipts" && reading) {
    const charge = context.state.charges[id];
    return charge?.receipt_url ? receiptPage(charge) : missing();
  }
  if (kind === "invoices" && reading) {
    const invoice = context.state.invoices[id];
    const session = Object.values(context.state.sessions).find((record) => record.session.invoice === id);
    const intent = context.state.paymentIntents[String(session?.session.payment_intent)];
    const charge = context.state.charges[String(intent?.latest_charge)];
    return invoice && charge ? receiptPage(charge, invoice) : missing();
  }
  if (kind === "portal") {
    const session = context.state.portalSessions[id];
    if (!session || !(reading || request.method === "POST")) return missing();
    return answerPortal(context, session, reading ? null : await readBody(request));
  }
  const record = context.state.sessions[kind];
  if (!record || id !== "") return missing();
  if (record.session.status === "complete") {
    if (request.method === "POST") return successUrl(record);
    return messagePage(200, "This payment is done", "There is nothing more to pay here.", {
      href: successUrl(record),
      label: "Back to Tollgate",
    });
  }
  if (record.session.status === "expired") {
    const back = record.session.cancel_url;
    return messagePage(
      410,
      "This page has expired",
      "Nothing was charged. Go back and start again.",
      back ? { href: back, label: "Go back" } : null,
    );
  }
  if (reading) return paymentPage(context, record);
  if (request.method === "POST") return submit(context, record, await readBody(request));
  return messagePage(405, "That did not work", "This page takes only a form.");
}

async function submit(context: StandInContext, record: SessionRecord, body: string): Promise<Page | string> {
  // Somebody else may have paid while the form was read.
  if (record.session.status !== "open") return successUrl(record);
  const form = new URLSearchParams(body);
  const email = (form.get("email") ?? "").trim().slice(0, 200);
  const method = (form.get("method") ?? "") as TestMethod;
  if (!Object.hasOwn(TEST_METHODS, method)) {
    return { ...paymentPage(context, record, { email, problem: "Choose how to pay." }), status: 400 };
  }
  if (!/^[^@\s]+@[^@\s]+$/.test(email)) {
    return {
      ...paymentPage(context, record, { email, method, problem: "Enter an e-mail address." }),
      status: 400,
    };
  }
  const problem = paySession(context, record, { email, method });
  await context.save();
  if (problem)
    return paymentPage(context, record, { email, method, problem: `${problem} Nothing was charged.` });
  return successUrl(record);
}

function successUrl(record: SessionRecord): string {
  return (record.session.success_url ?? "/").replaceAll("{CHECKOUT_SESSION_ID}", record.session.id);
}

function missing(): Page {
  return messagePage(404, "Not found", "There is no such payment here.");
}
