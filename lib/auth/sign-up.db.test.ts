import { afterAll, describe, expect, it } from "vitest";
import { account, freshEmail, linkTo, mailsTo, PASSWORD, refusal, visitor } from "@/lib/auth/account.fixture";
import { confirmEmail } from "@/lib/auth/confirm-email";
import { loadSession } from "@/lib/auth/load-session";
import { signIn } from "@/lib/auth/sign-in";
import { signUp } from "@/lib/auth/sign-up";
import { closeDb, db } from "@/lib/db";

afterAll(closeDb);

const form = (email: string) => ({ email, password: PASSWORD, timeZone: "Europe/Lisbon" });

describe("a sign-up", () => {
  it("makes a person, a workspace with an empty wallet, and a mail whose link confirms the address once", async () => {
    const email = freshEmail();
    const { userId } = await signUp(visitor(), form(email));
    const user = await db().user.findUniqueOrThrow({
      where: { id: userId },
      include: { memberships: { include: { workspace: { include: { wallet: true } } } } },
    });
    expect(user).toMatchObject({
      email,
      emailVerifiedAt: null,
      isOperator: false,
      timeZone: "Europe/Lisbon",
    });
    expect(user.passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(user.memberships).toHaveLength(1);
    expect(user.memberships[0]).toMatchObject({ role: "owner" });
    expect(user.memberships[0]?.workspace.wallet).toMatchObject({
      balanceNano: 0n,
      reservedNano: 0n,
      debtNano: 0n,
    });

    const token = await linkTo(email, "verify_email");
    expect(await confirmEmail(visitor(), { token })).toEqual({ userId, changed: false, sessionId: null });
    expect(await refusal(confirmEmail(visitor(), { token }))).toBe("gone");
    const { sessionId } = await signIn(visitor(), { email, password: PASSWORD });
    expect(await loadSession(sessionId)).toMatchObject({ userId, verified: true });
  });

  it("signs in the browser that signed up, and no other, when the link is used", async () => {
    const email = freshEmail();
    const { userId } = await signUp(visitor(), form(email));
    const token = await linkTo(email, "verify_email");
    const { sessionId } = await confirmEmail(visitor(), { token, signedUpAs: userId });
    expect(await loadSession(sessionId ?? "")).toMatchObject({ userId, verified: true });

    const other = freshEmail();
    const { userId: otherId } = await signUp(visitor(), form(other));
    const foreign = await confirmEmail(visitor(), {
      token: await linkTo(other, "verify_email"),
      signedUpAs: userId,
    });
    expect(foreign).toEqual({ userId: otherId, changed: false, sessionId: null });
  });

  it("answers the same for an address that has an account, changes nothing and tells its owner", async () => {
    const { email, userId } = await account();
    const before = await db().user.findUniqueOrThrow({ where: { id: userId } });
    const answer = await signUp(visitor(), { ...form(email), password: "copper lantern orbit" });
    expect(answer.userId).toMatch(/^usr_[0-9A-Za-z]{22}$/);
    expect(answer.userId).not.toBe(userId);
    expect(await db().user.findUniqueOrThrow({ where: { id: userId } })).toEqual(before);
    expect((await mailsTo(email)).map((mail) => mail.template)).toEqual(["account_exists"]);
  });

  it("makes one account of 20 at once, and every caller gets the same kind of answer", async () => {
    const email = freshEmail();
    const answers = await Promise.all(Array.from({ length: 20 }, () => signUp(visitor(), form(email))));
    for (const answer of answers) expect(answer.userId).toMatch(/^usr_/);
    expect(await db().user.count({ where: { email } })).toBe(1);
    const templates = (await mailsTo(email)).map((mail) => mail.template);
    expect(templates.filter((template) => template === "verify_email")).toHaveLength(1);
    expect(templates.length).toBeLessThanOrEqual(4);
  });

  it("is limited to 20 a minute from one address", async () => {
    const caller = visitor();
    const codes: string[] = [];
    for (let attempt = 0; attempt < 21; attempt += 1) {
      codes.push(await refusal(signUp(caller, { ...form(freshEmail()), password: "short" })));
    }
    expect(codes).toEqual([...Array(20).fill("invalid_input"), "too_many"]);
  });
});
