import { afterAll, describe, expect, it } from "vitest";
import { ACCOUNT_PACE, admitAttempt, IP_PACE, ipSubject } from "@/lib/auth/admit-attempt";
import { closeDb } from "@/lib/db";
import { newId } from "@/lib/ids";

afterAll(closeDb);

const at = (seconds: number) => new Date(Date.UTC(2026, 10, 21, 12) + seconds * 1_000);

describe("the throttle of an account", () => {
  it("lets five through, then doubles the wait up to 15 minutes", async () => {
    const subject = newId("req");
    for (let attempt = 1; attempt <= 5; attempt += 1) {
      expect(await admitAttempt(subject, ACCOUNT_PACE, at(0))).toBe(0);
    }
    const waits: number[] = [];
    let now = 0;
    for (let attempt = 6; attempt <= 16; attempt += 1) {
      const wait = await admitAttempt(subject, ACCOUNT_PACE, at(now));
      waits.push(wait);
      expect(await admitAttempt(subject, ACCOUNT_PACE, at(now + wait - 1))).toBe(1);
      now += wait;
      expect(await admitAttempt(subject, ACCOUNT_PACE, at(now))).toBe(0);
    }
    expect(waits).toEqual([5, 10, 20, 40, 80, 160, 320, 640, 900, 900, 900]);
  });

  it("admits at most 20 guesses in any hour of a day of guessing every second", async () => {
    const subject = newId("req");
    const admitted: number[] = [];
    for (let now = 0; now < 90_000; ) {
      const wait = await admitAttempt(subject, ACCOUNT_PACE, at(now));
      if (wait === 0) admitted.push(now);
      now += Math.max(1, wait);
    }
    for (const start of admitted) {
      expect(admitted.filter((time) => time >= start && time < start + 3_600).length).toBeLessThanOrEqual(20);
    }
  });

  it("admits exactly five of 40 at once", async () => {
    const subject = newId("req");
    const waits = await Promise.all(
      Array.from({ length: 40 }, () => admitAttempt(subject, ACCOUNT_PACE, at(0))),
    );
    expect(waits.filter((wait) => wait === 0)).toHaveLength(5);
  });

  it("does not let an outsider's tries while blocked lengthen the wait", async () => {
    const subject = newId("req");
    for (let attempt = 0; attempt < 5; attempt += 1) await admitAttempt(subject, ACCOUNT_PACE, at(0));
    for (let attempt = 0; attempt < 50; attempt += 1) await admitAttempt(subject, ACCOUNT_PACE, at(1));
    expect(await admitAttempt(subject, ACCOUNT_PACE, at(5))).toBe(0);
  });
});

describe("the throttle of an address", () => {
  it("lets 20 a minute through", async () => {
    const subject = ipSubject(newId("req"), "192.0.2.7");
    for (let attempt = 0; attempt < 20; attempt += 1) {
      expect(await admitAttempt(subject, IP_PACE, at(attempt))).toBe(0);
    }
    expect(await admitAttempt(subject, IP_PACE, at(20))).toBe(59);
    expect(await admitAttempt(subject, IP_PACE, at(79))).toBe(0);
  });

  it("counts a caller's whole IPv6 /64 as one, and IPv4 inside IPv6 as IPv4", () => {
    expect(ipSubject("signin", "2001:db8:1:2:3:4:5:6")).toBe(ipSubject("signin", "2001:db8:1:2::1"));
    expect(ipSubject("signin", "2001:db8:1:3::1")).not.toBe(ipSubject("signin", "2001:db8:1:2::1"));
    expect(ipSubject("signin", "::ffff:192.0.2.7")).toBe(ipSubject("signin", "192.0.2.7"));
    expect(ipSubject("signin", undefined)).toBe("signin:ip:unknown");
  });
});
