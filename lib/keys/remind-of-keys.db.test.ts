import { afterAll, describe, expect, it } from "vitest";
import { account, mailsTo } from "@/lib/auth/account.fixture";
import { closeDb, db } from "@/lib/db";
import { createKey } from "@/lib/keys/create-key";
import { pauseKey } from "@/lib/keys/pause-key";
import { remindOfKeys } from "@/lib/keys/remind-of-keys";
import { revokeKey } from "@/lib/keys/revoke-key";
import { rotateKey } from "@/lib/keys/rotate-key";
import { setKeyReminder } from "@/lib/keys/set-key-reminder";
import { refusal } from "@/lib/keys/test-workspace";
import { updateKey } from "@/lib/keys/update-key";

afterAll(closeDb);

const DAY_MS = 86_400_000;
const inDays = (days: number) => new Date(Date.now() + days * DAY_MS);

async function age(keyId: string, days: number): Promise<void> {
  await db().keySecret.updateMany({ where: { keyId, endsAt: null }, data: { createdAt: inDays(-days) } });
  await db().key.update({ where: { id: keyId }, data: { createdAt: inDays(-days) } });
}

/** Reminders alone: signing up mails too. */
async function reminders(email: string) {
  const mails = await mailsTo(email);
  return mails.filter(({ template }) => template.startsWith("keys_")).reverse();
}

describe("a reminder of old secrets", () => {
  it("comes once, by one mail, however many workers look at once", async () => {
    const { ctx, email } = await account();
    const old = await createKey(ctx, { name: "production" });
    const other = await createKey(ctx, { name: "<b>staging</b>" });
    const young = await createKey(ctx, { name: "young" });
    await age(old.key.id, 91);
    await age(other.key.id, 400);
    await age(young.key.id, 89);
    await Promise.all(Array.from({ length: 4 }, () => remindOfKeys()));
    await remindOfKeys();
    const mails = await reminders(email);
    expect(mails).toMatchObject([{ template: "keys_old", subject: "2 keys are due for rotation" }]);
    expect(mails[0]?.text).toContain("90 days or more: “<b>staging</b>”, “production”.");
    expect(mails[0]?.text).not.toContain("young");
  });

  it("leaves out what is revoked, expired or replaced, and begins anew with a new secret", async () => {
    const { ctx, email } = await account();
    const revoked = await createKey(ctx, { name: "revoked" });
    const rotated = await createKey(ctx, { name: "rotated" });
    const paused = await createKey(ctx, { name: "paused" });
    for (const { key } of [revoked, rotated, paused]) await age(key.id, 100);
    await revokeKey(ctx, { keyId: revoked.key.id });
    await rotateKey(ctx, { keyId: rotated.key.id, overlapSeconds: 3_600 });
    await pauseKey(ctx, { keyId: paused.key.id });
    await remindOfKeys();
    const [first, ...more] = await reminders(email);
    expect(first?.text).toContain("“paused”");
    expect(first?.text).not.toMatch(/“revoked”|“rotated”/);
    expect(first?.text).toContain(`/tokens/${paused.key.id}`);
    expect(more).toEqual([]);
    await age(rotated.key.id, 95);
    await remindOfKeys();
    expect(await reminders(email)).toHaveLength(2);
  });

  it("comes when the workspace wants it, or never", async () => {
    const { ctx, email } = await account();
    const { key } = await createKey(ctx, { name: "k" });
    await age(key.id, 200);
    await setKeyReminder(ctx, { days: 0 });
    await remindOfKeys();
    expect(await reminders(email)).toEqual([]);
    await setKeyReminder(ctx, { days: 180 });
    await remindOfKeys();
    expect((await reminders(email))[0]?.text).toContain("180 days");
    for (const days of [-1, 1.5, 4_000])
      expect(await refusal(setKeyReminder(ctx, { days }))).toMatch(/ZodError/);
  });
});

describe("a reminder of expiry", () => {
  it("comes a week ahead and when it has come, once for each expiry", async () => {
    const { ctx, email } = await account();
    const { key } = await createKey(ctx, { name: "quarter", expiresAt: inDays(8) });
    await age(key.id, 60);
    await remindOfKeys();
    expect(await reminders(email)).toEqual([]);

    await updateKey(ctx, { keyId: key.id, expiresAt: inDays(6) });
    for (let i = 0; i < 2; i++) await remindOfKeys();
    expect((await reminders(email)).map(({ subject }) => subject)).toEqual(["A key expires within a week"]);

    await db().key.update({ where: { id: key.id }, data: { expiresAt: inDays(-0.01) } });
    for (let i = 0; i < 2; i++) await remindOfKeys();
    expect((await reminders(email)).map(({ subject }) => subject).at(-1)).toBe("A key has expired");
    expect(await reminders(email)).toHaveLength(2);

    await updateKey(ctx, { keyId: key.id, expiresAt: inDays(3) });
    await remindOfKeys();
    expect(await reminders(email)).toHaveLength(3);
  });

  it("is only of the end for a key made for a few days, and never of what is long past", async () => {
    const { ctx, email } = await account();
    const short = await createKey(ctx, { name: "short", expiresAt: inDays(2) });
    const past = await createKey(ctx, { name: "long past", expiresAt: inDays(2) });
    await remindOfKeys();
    expect(await reminders(email)).toEqual([]);
    await db().key.update({ where: { id: short.key.id }, data: { expiresAt: inDays(-0.01) } });
    await db().key.update({ where: { id: past.key.id }, data: { expiresAt: inDays(-30) } });
    await remindOfKeys();
    const mails = await reminders(email);
    expect(mails.map(({ template }) => template)).toEqual(["keys_expired"]);
    expect(mails[0]?.text).toContain("“short”");
  });
});
