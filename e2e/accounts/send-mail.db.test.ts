import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { freshEmail } from "@/lib/auth/account.fixture";
import { closeDb, db } from "@/lib/db";
import { forgetEnv } from "@/lib/env";
import { sendMailJob } from "@/lib/jobs/send-mail";
import { sendMail } from "@/lib/mail/send";
import { openSmtpSink, type SmtpSink } from "./smtp-sink";

let sink: SmtpSink;

beforeAll(async () => {
  sink = await openSmtpSink();
  process.env.SMTP_URL = sink.url;
  process.env.TOLLGATE_STAND_INS = "";
  forgetEnv();
});
beforeEach(() => {
  sink.received.length = 0;
  sink.refusing = false;
});
afterEach(async () => {
  await db().mail.deleteMany();
});
afterAll(async () => {
  await sink.close();
  await closeDb();
});

const queue = (to: string) =>
  db().$transaction((tx) => sendMail(tx, { to, template: "reset_password", path: "/reset?token=abc" }));
const only = (to: string) => db().mail.findFirstOrThrow({ where: { to } });
const hurry = () => db().mail.updateMany({ data: { nextAttemptAt: new Date(0) } });

describe("a queued mail", () => {
  it("is sealed while it waits, leaves with text and HTML, and is blanked once it has left", async () => {
    const to = freshEmail();
    await queue(to);
    const waiting = await only(to);
    expect(Buffer.from(waiting.bodyCipher ?? []).toString("latin1")).not.toContain("token=abc");
    expect(await sendMailJob.run()).toBe(1);
    const [sent = ""] = sink.received;
    expect(sent).toContain(`To: ${to}`);
    expect(sent).toContain("Subject: Set a new password");
    expect(sent).toContain("Auto-Submitted: auto-generated");
    expect(sent).toMatch(/text\/plain[\s\S]*text\/html/);
    expect(sent.replaceAll("=\n", "")).toMatch(/\/reset\?token=(3D)?abc/);
    expect(await only(to)).toMatchObject({
      bodyCipher: null,
      lastError: null,
      attempts: 1,
      sentAt: expect.any(Date),
    });
    expect(await sendMailJob.run()).toBe(0);
  });

  it("does not exist when its transaction fails", async () => {
    const to = freshEmail();
    const failing = db().$transaction(async (tx) => {
      await sendMail(tx, { to, template: "account_exists", path: "/sign-in" });
      throw new Error("undone");
    });
    await expect(failing).rejects.toThrow("undone");
    expect(await db().mail.count({ where: { to } })).toBe(0);
  });

  it("is tried again later and later while the server refuses, then leaves", async () => {
    const to = freshEmail();
    sink.refusing = true;
    await queue(to);
    const delays: number[] = [];
    for (let attempt = 0; attempt < 3; attempt += 1) {
      await hurry();
      const before = Date.now();
      expect(await sendMailJob.run()).toBe(1);
      delays.push(Math.round(((await only(to)).nextAttemptAt.getTime() - before) / 60_000));
    }
    expect(delays).toEqual([1, 2, 4]);
    expect(await only(to)).toMatchObject({ sentAt: null, lastError: expect.stringContaining("451") });
    sink.refusing = false;
    expect(await sendMailJob.run()).toBe(0);
    await hurry();
    expect(await sendMailJob.run()).toBe(1);
    expect(sink.received).toHaveLength(1);
  });

  it("leaves once though several workers run", async () => {
    const addresses = Array.from({ length: 12 }, freshEmail);
    for (const to of addresses) await queue(to);
    const tried = await Promise.all([1, 2, 3, 4].map(() => sendMailJob.run()));
    expect(tried.reduce((sum, count) => sum + count, 0)).toBe(12);
    expect(sink.received).toHaveLength(12);
  });

  it("is given up and blanked after a day, when its link is dead", async () => {
    const to = freshEmail();
    await queue(to);
    await db().mail.updateMany({ where: { to }, data: { createdAt: new Date(Date.now() - 25 * 3_600_000) } });
    expect(await sendMailJob.run()).toBe(0);
    expect(await only(to)).toMatchObject({ sentAt: null, bodyCipher: null });
  });

  it("stays readable here and goes nowhere while the stand-in is active", async () => {
    process.env.TOLLGATE_STAND_INS = "mail";
    forgetEnv();
    try {
      const to = freshEmail();
      await queue(to);
      expect(await sendMailJob.run()).toBe(0);
      expect(sink.received).toHaveLength(0);
      expect((await only(to)).bodyCipher).not.toBeNull();
    } finally {
      process.env.TOLLGATE_STAND_INS = "";
      forgetEnv();
    }
  });
});
