import { afterAll, describe, expect, it } from "vitest";
import { changePassword } from "@/lib/accounts/change-password";
import { endOtherSessions } from "@/lib/accounts/end-other-sessions";
import { endSession } from "@/lib/accounts/end-session";
import { listSessions } from "@/lib/accounts/list-sessions";
import { account, PASSWORD, refusal, visitor } from "@/lib/auth/account.fixture";
import { loadSession } from "@/lib/auth/load-session";
import { openSessionId, sealSessionId } from "@/lib/auth/session-cookie";
import { signIn } from "@/lib/auth/sign-in";
import { closeDb, db } from "@/lib/db";

afterAll(closeDb);

const HOUR_MS = 3_600_000;

describe("a session", () => {
  it("ends after 12 hours without a visit", async () => {
    const { sessionId } = await account();
    const start = Date.now();
    expect(await loadSession(sessionId, new Date(start + 11 * HOUR_MS))).not.toBeNull();
    expect(await loadSession(sessionId, new Date(start + 22 * HOUR_MS))).not.toBeNull();
    expect(await loadSession(sessionId, new Date(start + 35 * HOUR_MS))).toBeNull();
  });

  it("ends after 30 days however often it is used", async () => {
    const { sessionId } = await account();
    const start = Date.now();
    let lived = 0;
    while (await loadSession(sessionId, new Date(start + (lived + 6) * HOUR_MS))) lived += 6;
    expect(lived).toBeGreaterThanOrEqual(29 * 24);
    expect(lived).toBeLessThanOrEqual(30 * 24);
  });

  it("writes when it was last seen at most once a minute", async () => {
    const { sessionId } = await account();
    const seen = async () => (await db().session.findUniqueOrThrow({ where: { id: sessionId } })).lastSeenAt;
    const first = await seen();
    await loadSession(sessionId, new Date(first.getTime() + 59_000));
    expect(await seen()).toEqual(first);
    await loadSession(sessionId, new Date(first.getTime() + 61_000));
    expect(await seen()).toEqual(new Date(first.getTime() + 61_000));
  });

  it("is dead at once when its person is disabled", async () => {
    const { sessionId, userId } = await account();
    await db().user.update({ where: { id: userId }, data: { disabledAt: new Date() } });
    expect(await loadSession(sessionId)).toBeNull();
  });

  it("can be seen and ended, one or all others, by its own person only", async () => {
    const mine = await account();
    const other = await account();
    const laptop = await signIn(visitor(), { email: mine.email, password: PASSWORD, userAgent: "curl/8" });
    const phone = await signIn(visitor(), { email: mine.email, password: PASSWORD });
    const listed = await listSessions(mine.ctx);
    expect(listed.map((item) => [item.id, item.current])).toEqual([
      [mine.sessionId, true],
      [phone.sessionId, false],
      [laptop.sessionId, false],
    ]);
    expect(await refusal(endSession(other.ctx, { sessionId: laptop.sessionId }))).toBe("not_found");
    expect(await refusal(endSession(mine.ctx, { sessionId: "ses_\0" }))).toBe("not_found");
    expect(await loadSession(laptop.sessionId)).not.toBeNull();
    await endSession(mine.ctx, { sessionId: laptop.sessionId });
    expect(await loadSession(laptop.sessionId)).toBeNull();
    expect(await refusal(endSession(mine.ctx, { sessionId: laptop.sessionId }))).toBe("not_found");
    expect(await endOtherSessions(mine.ctx)).toEqual({ ended: 1 });
    expect(await loadSession(phone.sessionId)).toBeNull();
    expect(await loadSession(mine.sessionId)).not.toBeNull();
    expect(await loadSession(other.sessionId)).not.toBeNull();
  });

  it("outlives a change of password only if it made it", async () => {
    const { ctx, email, sessionId } = await account();
    const other = await signIn(visitor(), { email, password: PASSWORD });
    const next = { currentPassword: PASSWORD, password: "copper lantern orbit" };
    expect(await refusal(changePassword(ctx, { ...next, currentPassword: "wrong one here" }))).toBe(
      "wrong_credentials",
    );
    expect(await refusal(changePassword(ctx, { ...next, password: "short" }))).toBe("invalid_input");
    expect(await refusal(changePassword(ctx, { ...next, password: PASSWORD }))).toBe("invalid_input");
    expect(await changePassword(ctx, next)).toEqual({ ended: 1 });
    expect(await loadSession(sessionId)).not.toBeNull();
    expect(await loadSession(other.sessionId)).toBeNull();
  });
});

describe("the cookie", () => {
  it("holds nothing but the session's id, and only what was sealed here opens", async () => {
    const sealed = await sealSessionId("ses_1");
    expect(await openSessionId(sealed)).toBe("ses_1");
    expect(sealed).not.toContain("ses_1");
    expect(await openSessionId(`${sealed.slice(0, -2)}AA`)).toBeNull();
    for (const value of ["", "x", "a.b.c.d.e", undefined]) expect(await openSessionId(value)).toBeNull();
  });
});
