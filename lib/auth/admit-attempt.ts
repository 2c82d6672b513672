import { createHash } from "node:crypto";
import ipaddr from "ipaddr.js";
import { db } from "@/lib/db";

/** How often something may be tried before it slows down. */
export interface Pace {
  /** Attempts without any delay. */
  free: number;
  /** The first delay; each further attempt doubles it. Equal to `longestSeconds` for a plain rate limit. */
  firstSeconds: number;
  longestSeconds: number;
  /** Counting starts anew this long after its first attempt. */
  windowSeconds: number;
}

/** Per account: five free, then 5 s, 10 s, ... up to 15 minutes: at most 15 guesses in an hour. */
export const ACCOUNT_PACE: Pace = { free: 5, firstSeconds: 5, longestSeconds: 900, windowSeconds: 86_400 };
/** Per address of the caller: 20 a minute. */
export const IP_PACE: Pace = { free: 20, firstSeconds: 60, longestSeconds: 60, windowSeconds: 60 };
/** Mails to one address that somebody else may have typed: three free, then a minute, ... up to 15. */
export const MAIL_PACE: Pace = { free: 3, firstSeconds: 60, longestSeconds: 900, windowSeconds: 86_400 };

/** Digested, so that the table is no list of addresses. */
export function emailSubject(action: string, email: string): string {
  return `${action}:email:${createHash("sha256").update(email).digest("hex").slice(0, 32)}`;
}

/** One subject per IPv4 address or IPv6 /64, which one caller has whole. */
export function ipSubject(action: string, ip: string | undefined): string {
  if (!ip || !ipaddr.isValid(ip)) return `${action}:ip:unknown`;
  const address = ipaddr.process(ip);
  if (address.kind() === "ipv4") return `${action}:ip:${address.toString()}`;
  return `${action}:ip:${address.toNormalizedString().split(":").slice(0, 4).join(":")}::/64`;
}

/**
 * Counts an attempt before it is made, so that parallel ones cannot slip through, and answers the seconds to
 * wait: 0 means go ahead. While blocked nothing is counted, so that nobody can lengthen another's wait beyond
 * 15 minutes. The clock is the database's unless `at` is given.
 */
export async function admitAttempt(subject: string, pace: Pace, at?: Date): Promise<number> {
  const { free, firstSeconds, longestSeconds, windowSeconds } = pace;
  const admitted = await db().$queryRaw<{ failures: number }[]>`
    INSERT INTO throttles AS t (subject, failures, window_start)
    VALUES (${subject}, 1, coalesce(${at ?? null}::timestamptz, now()))
    ON CONFLICT (subject) DO UPDATE SET
      failures = CASE WHEN t.window_start + make_interval(secs => ${windowSeconds}) <= excluded.window_start
                      THEN 1 ELSE t.failures + 1 END,
      window_start = CASE WHEN t.window_start + make_interval(secs => ${windowSeconds}) <= excluded.window_start
                          THEN excluded.window_start ELSE t.window_start END,
      blocked_until = CASE
        WHEN t.window_start + make_interval(secs => ${windowSeconds}) <= excluded.window_start THEN NULL
        WHEN t.failures + 1 < ${free} THEN NULL
        ELSE excluded.window_start + make_interval(
          secs => least(${longestSeconds}, ${firstSeconds} * power(2, least(30, t.failures + 1 - ${free})))) END
    WHERE t.blocked_until IS NULL OR t.blocked_until <= excluded.window_start
    RETURNING failures`;
  if (admitted.length > 0) return 0;
  const [row] = await db().$queryRaw<{ wait: number }[]>`
    SELECT ceil(extract(epoch FROM blocked_until - coalesce(${at ?? null}::timestamptz, now())))::int AS wait
      FROM throttles WHERE subject = ${subject}`;
  return Math.max(1, row?.wait ?? 1);
}
