import { afterAll, describe, expect, it } from "vitest";
import { account, linkTo, mailsTo, PASSWORD, refusal, visitor } from "@/lib/auth/account.fixture";
import { loadSession } from "@/lib/auth/load-session";
import { issueToken, redeemToken } from "@/lib/auth/one-time-token";
import { requestReset } from "@/lib/auth/request-reset";
import { resetPassword } from "@/lib/auth/reset-password";
import { signIn } from "@/lib/auth/sign-in";
import { closeDb, db } from "@/lib/db";

afterAll(closeDb);

const NEXT = "copper lantern orbit";

describe("a reset by mail", () => {
  it("works once, ends every session, frees a slowed-down account and tells the owner", async () => {
    const { email, userId, sessionId } = await account({ verified: false });
    for (let guess = 0; guess < 6; guess += 1) {
      await refusal(signIn(visitor(), { email, password: "not this one at all" }));
    }
    expect(await refusal(signIn(visitor(), { email, password: PASSWORD }))).toBe("too_many");

    await requestReset(visitor(), { email });
    const token = await linkTo(email, "reset_password");
    await resetPassword(visitor(), { token, password: NEXT });
    expect(await loadSession(sessionId)).toBeNull();
    expect(await refusal(signIn(visitor(), { email, password: PASSWORD }))).toBe("wrong_credentials");
    const { sessionId: fresh } = await signIn(visitor(), { email, password: NEXT });
    expect(await loadSession(fresh)).toMatchObject({ userId, verified: true });
    expect((await mailsTo(email))[0]?.template).toBe("password_changed");
    expect(await refusal(resetPassword(visitor(), { token, password: NEXT }))).toBe("gone");
  });

  it("gives one of 20 parallel tries the link", async () => {
    const { email } = await account();
    await requestReset(visitor(), { email });
    const token = await linkTo(email, "reset_password");
    const passwords = Array.from({ length: 20 }, (_, index) => `copper lantern orbit ${index}`);
    const ends = await Promise.all(
      passwords.map((password) => refusal(resetPassword(visitor(), { token, password }))),
    );
    expect(ends.filter((end) => end === "none")).toHaveLength(1);
    expect(ends.filter((end) => end === "gone")).toHaveLength(19);
    const winner = passwords[ends.indexOf("none")] ?? "";
    expect(await refusal(signIn(visitor(), { email, password: winner }))).toBe("none");
  });

  it("keeps the link when the new password is refused, and kills its siblings when it is used", async () => {
    const { email } = await account();
    await requestReset(visitor(), { email });
    const first = await linkTo(email, "reset_password");
    await requestReset(visitor(), { email });
    const second = await linkTo(email, "reset_password");
    expect(second).not.toBe(first);
    expect(await refusal(resetPassword(visitor(), { token: second, password: "too short" }))).toBe(
      "invalid_input",
    );
    expect(await refusal(resetPassword(visitor(), { token: second, password: NEXT }))).toBe("none");
    expect(await refusal(resetPassword(visitor(), { token: first, password: NEXT }))).toBe("gone");
  });

  it("dies after 30 minutes; the link of a sign-up after 24 hours", async () => {
    const { userId } = await account();
    const issued = new Date(Date.UTC(2026, 10, 21, 12));
    const later = (minutes: number) => new Date(issued.getTime() + minutes * 60_000);
    for (const [purpose, minutes] of [
      ["reset_password", 30],
      ["verify_email", 24 * 60],
    ] as const) {
      const dead = await issueToken(db(), { userId, purpose }, issued);
      expect(await redeemToken(db(), dead, [purpose], later(minutes))).toBeNull();
      const alive = await issueToken(db(), { userId, purpose }, issued);
      expect(await redeemToken(db(), alive, [purpose], later(minutes - 1))).toMatchObject({ userId });
    }
  });

  it("does not take a link that was made for something else, nor a made-up one", async () => {
    const { userId } = await account();
    const token = await issueToken(db(), { userId, purpose: "verify_email" });
    expect(await refusal(resetPassword(visitor(), { token, password: NEXT }))).toBe("gone");
    expect(await refusal(resetPassword(visitor(), { token: "x".repeat(43), password: NEXT }))).toBe("gone");
    expect(await refusal(resetPassword(visitor(), { token: "", password: NEXT }))).toBe("gone");
  });

  it("stores no usable link", async () => {
    const { email } = await account();
    await requestReset(visitor(), { email });
    const token = await linkTo(email, "reset_password");
    const rows = await db().$queryRaw<{ text: string }[]>`
      SELECT t::text AS text FROM one_time_tokens t UNION ALL SELECT m::text FROM mails m WHERE m.to = ${email}`;
    expect(rows.length).toBeGreaterThan(0);
    for (const { text } of rows) expect(text).not.toContain(token);
  });
});
