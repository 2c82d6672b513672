import { createHmac } from "node:crypto";
import { openPool } from "@/lib/catalog/dispatcher";
import { openText } from "@/lib/crypto";
import { db } from "@/lib/db";
import { env } from "@/lib/env";
import { log } from "@/lib/log";

const AT_ONCE = 50;
const TIMEOUT_MS = 10_000;
/** Waits after each failed attempt; after the last one, about a day later, it is given up. */
const WAITS_S = [10, 60, 300, 1_800, 7_200, 28_800, 50_000];

/**
 * Sends what is due to customers' own addresses, signed: `x-tollgate-signature: t=<seconds>,v1=<hex>`, the HMAC-SHA-256
 * of `t.body` under the secret that was shown once. A 2xx within ten seconds is a delivery. Only public addresses,
 * no redirects. Returns how many were delivered.
 */
export async function deliverEvents(): Promise<number> {
  const due = await db().$queryRaw<{ id: string }[]>`
    UPDATE customer_events SET next_attempt_at = now() + interval '5 minutes', attempts = attempts + 1
     WHERE id IN (SELECT id FROM customer_events WHERE next_attempt_at <= now()
       ORDER BY next_attempt_at LIMIT ${AT_ONCE} FOR UPDATE SKIP LOCKED)
    RETURNING id`;
  const results = await Promise.all(due.map(({ id }) => deliver(id)));
  return results.filter(Boolean).length;
}

async function deliver(id: string): Promise<boolean> {
  const event = await db().customerEvent.findUniqueOrThrow({ where: { id } });
  const { workspaceId } = event;
  const alert = await db().moneyAlert.findUnique({ where: { workspaceId } });
  if (!alert?.webhookUrl || !alert.webhookSecret) {
    await db().customerEvent.update({
      where: { id },
      data: { nextAttemptAt: null, lastError: "no address" },
    });
    return false;
  }
  const secret = openText(
    "customer-webhook",
    { table: "money_alerts", id: workspaceId },
    alert.webhookSecret,
  );
  try {
    await post(alert.webhookUrl, secret, JSON.stringify(event.body));
    await db().customerEvent.update({
      where: { id },
      data: { deliveredAt: new Date(), nextAttemptAt: null, lastError: null },
    });
    return true;
  } catch (error) {
    const waitS = WAITS_S[event.attempts - 1];
    const lastError = (error as Error).message.slice(0, 200);
    log.warn(
      { eventId: id, workspaceId, attempts: event.attempts, err: lastError },
      "an event was not taken",
    );
    await db().customerEvent.update({
      where: { id },
      data: {
        lastError,
        nextAttemptAt: waitS === undefined ? null : new Date(Date.now() + waitS * 1_000),
      },
    });
    return false;
  }
}

async function post(address: string, secret: string, body: string): Promise<void> {
  const url = new URL(address);
  const local = url.hostname === "127.0.0.1" && env().standIns.size > 0;
  const pool = openPool({ baseUrl: url.origin, allowPrivate: local });
  const at = Math.floor(Date.now() / 1000);
  const signature = createHmac("sha256", secret).update(`${at}.${body}`).digest("hex");
  try {
    const { statusCode, body: answer } = await pool.request({
      path: `${url.pathname}${url.search}`,
      method: "POST",
      headers: {
        "content-type": "application/json",
        "user-agent": "tollgate-webhook",
        "x-tollgate-signature": `t=${at},v1=${signature}`,
      },
      body,
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    await answer.dump({ limit: 65_536 });
    if (statusCode < 200 || statusCode > 299) throw new Error(`status ${statusCode}`);
  } finally {
    pool.destroy().catch(() => undefined);
  }
}
