import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import Stripe from "stripe";
import type { Ctx, UserActor } from "@/lib/actor";
import { receiveWebhook } from "@/lib/billing/receive-webhook";
import { forgetStripe } from "@/lib/billing/stripe";
import { db } from "@/lib/db";
import { env, forgetEnv } from "@/lib/env";
import { newId } from "@/lib/ids";
import { checkLedger } from "@/lib/ledger/check-ledger";
import { getWallet } from "@/lib/ledger/get-wallet";
import { createStripeStandIn, type StripeStandIn } from "@/lib/sandbox/stripe/create-stand-in";

export interface Shop {
  standIn: StripeStandIn;
  stripe: Stripe;
  /** Somebody with a workspace and an open wallet. */
  newBuyer(verified?: boolean): Promise<Ctx<UserActor>>;
  /** What a browser does on the payment page. */
  pay(url: string, method?: "card" | "card_declined" | "debit" | "debit_failing"): Promise<Response>;
  /** Bank debits take an hour here; this ends them now. */
  settleDebits(): void;
  /** Newest event of a type, of that session if one is named, as Stripe keeps it. Waits for it. */
  eventOf(type: string, sessionId?: string): Promise<Stripe.Event>;
  close(): Promise<void>;
}

/** A payment stand-in of the test's own that delivers nothing by itself: tests choose what arrives, and how often. */
export async function openShop(): Promise<Shop> {
  const server = createServer(async (request, response) => {
    if (!(await standIn.handle(request, response))) response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const origin = `http://127.0.0.1:${port}`;
  const standIn = createStripeStandIn({ webhookSecret: "unused", publicUrl: origin, laterMs: 3_600_000 });
  process.env.STRIPE_API_BASE = origin;
  forgetEnv();
  forgetStripe();
  const stripe = new Stripe("sk_test_tests", { host: "127.0.0.1", port, protocol: "http" });

  return {
    standIn,
    stripe,
    newBuyer,
    async pay(url, method = "card") {
      return fetch(url, {
        method: "POST",
        body: new URLSearchParams({ email: "buyer@example.com", method }),
        redirect: "manual",
      });
    },
    settleDebits() {
      for (const { later } of Object.values(standIn.context.state.sessions)) if (later) later.dueMs = 0;
    },
    async eventOf(type, sessionId) {
      for (let tries = 0; tries < 200; tries++) {
        const { data } = await stripe.events.list({ type, limit: 100 });
        const of = (event: Stripe.Event) => (event.data.object as { id?: string }).id;
        const event = data.find((one) => sessionId === undefined || of(one) === sessionId);
        if (event) return event;
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
      throw new Error(`no event ${type}`);
    },
    async close() {
      await standIn.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export async function newBuyer(verified = true): Promise<Ctx<UserActor>> {
  const workspaceId = newId("ws");
  const userId = newId("usr");
  const email = `${userId.toLowerCase()}@example.com`;
  await db().user.create({ data: { id: userId, email, passwordHash: "x" } });
  await db().workspace.create({ data: { id: workspaceId, name: email } });
  await db().$executeRaw`SELECT ledger.open_wallet(${workspaceId})`;
  const actor = { kind: "user", userId, email, verified, operator: false, sessionId: newId("ses") } as const;
  return { actor, workspaceId, requestId: newId("req") };
}

/** A request as it reaches the route: signed for `payload`, whatever `body` then carries. */
export function webhookRequest(
  payload: string,
  options: { secret?: string; timestamp?: number; body?: BodyInit; header?: string | null } = {},
): Request {
  const header =
    options.header !== undefined
      ? options.header
      : Stripe.webhooks.generateTestHeaderString({
          payload,
          secret: options.secret ?? env().STRIPE_WEBHOOK_SECRET ?? "",
          timestamp: options.timestamp ?? Math.floor(Date.now() / 1000),
        });
  return new Request("http://localhost:3000/api/stripe/webhook", {
    method: "POST",
    body: options.body ?? payload,
    headers: header === null ? {} : { "stripe-signature": header },
    ...(options.body instanceof ReadableStream ? { duplex: "half" } : {}),
  } as RequestInit);
}

/** Delivers an event once, signed, and returns the status. */
export async function deliver(event: Stripe.Event): Promise<number> {
  return (await receiveWebhook(webhookRequest(JSON.stringify(event)))).status;
}

/** What a workspace has now, with the ledger in agreement with itself. */
export async function balanceOf(ctx: Ctx): Promise<bigint> {
  const drift = await checkLedger();
  if (drift.length > 0) throw new Error(`ledger drift: ${JSON.stringify(drift)}`);
  return (await getWallet(ctx.workspaceId)).balanceNano;
}

/** Transactions of a workspace, oldest first, as `kind key amount`. */
export async function booked(ctx: Ctx): Promise<string[]> {
  const rows = await db().ledgerTransaction.findMany({
    where: { workspaceId: ctx.workspaceId },
    orderBy: { id: "asc" },
  });
  return rows.map(({ kind, key, amountNano }) => `${kind} ${key?.replace(/pi_\w+/, "pi_")} ${amountNano}`);
}
