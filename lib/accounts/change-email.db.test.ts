import { afterAll, describe, expect, it } from "vitest";
import { changeEmail } from "@/lib/accounts/change-email";
import { account, freshEmail, linkTo, mailsTo, PASSWORD, refusal, visitor } from "@/lib/auth/account.fixture";
import { confirmEmail } from "@/lib/auth/confirm-email";
import { requestReset } from "@/lib/auth/request-reset";
import { resetPassword } from "@/lib/auth/reset-password";
import { closeDb, db } from "@/lib/db";

afterAll(closeDb);

const addressOf = async (id: string) => (await db().user.findUniqueOrThrow({ where: { id } })).email;

describe("a change of address", () => {
  it("needs the password, tells the old address, and takes effect with the link to the new one", async () => {
    const { ctx, email, userId } = await account();
    const next = freshEmail();
    expect(await refusal(changeEmail(ctx, { email: next, password: "wrong" }))).toBe("wrong_credentials");
    expect(await refusal(changeEmail(ctx, { email, password: PASSWORD }))).toBe("conflict");
    await changeEmail(ctx, { email: next, password: PASSWORD });
    expect(await addressOf(userId)).toBe(email);
    expect((await mailsTo(email)).map((mail) => mail.template)).toEqual(["change_email_notice"]);

    await requestReset(visitor(), { email });
    const reset = await linkTo(email, "reset_password");
    await confirmEmail(visitor(), { token: await linkTo(next, "change_email") });
    expect(await addressOf(userId)).toBe(next);
    expect((await mailsTo(email))[0]?.template).toBe("email_changed");
    expect(await refusal(resetPassword(visitor(), { token: reset, password: "copper lantern orbit" }))).toBe(
      "gone",
    );
  });

  it("to an address that has an account answers the same and changes nothing", async () => {
    const mine = await account();
    const other = await account();
    expect(await changeEmail(mine.ctx, { email: other.email, password: PASSWORD })).toEqual({
      email: other.email,
    });
    expect((await mailsTo(other.email)).map((mail) => mail.template)).toEqual(["change_email_taken"]);
    expect(await addressOf(mine.userId)).toBe(mine.email);
  });

  it("gives an address that two asked for to the first who confirms", async () => {
    const first = await account();
    const second = await account();
    const wanted = freshEmail();
    await changeEmail(first.ctx, { email: wanted, password: PASSWORD });
    const firstToken = await linkTo(wanted, "change_email");
    await changeEmail(second.ctx, { email: wanted, password: PASSWORD });
    await confirmEmail(visitor(), { token: firstToken });
    const newer = (await mailsTo(wanted)).filter((mail) => mail.template === "change_email");
    const tokens = newer.map((mail) => /token=(\w{43})/.exec(mail.text ?? "")?.[1] ?? "");
    const secondToken = tokens.find((token) => token !== firstToken) ?? "";
    expect(await refusal(confirmEmail(visitor(), { token: secondToken }))).toBe("conflict");
    expect(await addressOf(second.userId)).toBe(second.email);
  });

  it("slows down whoever guesses the password in an open browser", async () => {
    const { ctx } = await account();
    const codes: string[] = [];
    for (let guess = 0; guess < 6; guess += 1) {
      codes.push(await refusal(changeEmail(ctx, { email: freshEmail(), password: `guess ${guess}` })));
    }
    expect(codes).toEqual([...Array(5).fill("wrong_credentials"), "too_many"]);
  });
});
