import { log } from "@/lib/log";
import { deliverEvent } from "@/lib/sandbox/stripe/deliver-event";
import { expireSession } from "@/lib/sandbox/stripe/expire-session";
import { settleLater } from "@/lib/sandbox/stripe/pay-session";
import type { Delivery, StandInContext } from "@/lib/sandbox/stripe/types";

const DAY_MS = 24 * 60 * 60 * 1000;
const MAX_TIMER_MS = 60_000;
const MAX_PARALLEL = 8;

export interface Schedule {
  /** Does what is due, then sleeps until the next thing is. Call it after every change. */
  wake(): void;
  /** Stops the timer and waits for deliveries under way. */
  stop(): Promise<void>;
}

/**
 * Everything that happens by itself: deliveries and their retries, bank debits that settle, sessions that
 * expire, old answers that are forgotten. All of it is in the state, so that a restart carries on.
 */
export function scheduleWork(context: StandInContext): Schedule {
  const underWay = new Map<Delivery, Promise<void>>();
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;

  const save = () =>
    context
      .save()
      .catch((error) => log.error({ err: error }, "the payment stand-in could not save its state"));

  const deliver = (delivery: Delivery) => {
    const attempt = deliverEvent(context, delivery)
      .then(save)
      .finally(() => {
        underWay.delete(delivery);
        wake();
      });
    underWay.set(delivery, attempt);
  };

  const wake = () => {
    if (stopped) return;
    clearTimeout(timer);
    const now = context.nowMs();
    if (settleDue(context, now)) void save();
    for (const delivery of Object.values(context.state.deliveries)) {
      if (underWay.size >= MAX_PARALLEL) break;
      if (delivery.nextAttemptMs !== null && delivery.nextAttemptMs <= now && !underWay.has(delivery)) {
        deliver(delivery);
      }
    }
    const next = nextDueMs(context, underWay);
    timer = setTimeout(wake, Math.min(Math.max(next - now, 10), MAX_TIMER_MS));
    timer.unref();
  };

  const stop = async () => {
    stopped = true;
    clearTimeout(timer);
    await Promise.all(underWay.values());
  };
  return { wake, stop };
}

/** True when something changed. */
function settleDue(context: StandInContext, now: number): boolean {
  let changed = false;
  for (const record of Object.values(context.state.sessions)) {
    if (record.later && record.later.dueMs <= now) {
      settleLater(context, record);
      changed = true;
    }
    if (record.session.status === "open" && record.session.expires_at * 1000 <= now) {
      expireSession(context, record);
      changed = true;
    }
  }
  for (const [key, reply] of Object.entries(context.state.replies)) {
    if (now - reply.createdMs <= DAY_MS) break;
    delete context.state.replies[key];
  }
  return changed;
}

function nextDueMs(context: StandInContext, underWay: ReadonlyMap<Delivery, unknown>): number {
  let next = Number.POSITIVE_INFINITY;
  for (const { session, later } of Object.values(context.state.sessions)) {
    if (later) next = Math.min(next, later.dueMs);
    if (session.status === "open") next = Math.min(next, session.expires_at * 1000);
  }
  // With every place taken, the end of an attempt wakes the rest.
  if (underWay.size >= MAX_PARALLEL) return next;
  for (const delivery of Object.values(context.state.deliveries)) {
    if (delivery.nextAttemptMs !== null && !underWay.has(delivery)) {
      next = Math.min(next, delivery.nextAttemptMs);
    }
  }
  return next;
}
