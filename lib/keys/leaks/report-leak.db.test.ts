import { afterAll, describe, expect, it } from "vitest";
import { account, mailsTo } from "@/lib/auth/account.fixture";
import { closeDb, db, pool } from "@/lib/db";
import { env } from "@/lib/env";
import { newId } from "@/lib/ids";
import { createKey } from "@/lib/keys/create-key";
import { createManagementKey } from "@/lib/keys/create-management-key";
import { findSecrets } from "@/lib/keys/leaks/find-secrets";
import { reportLeak } from "@/lib/keys/leaks/report-leak";
import { rotateKey } from "@/lib/keys/rotate-key";
import { makeKey, parsePeppers } from "@/lib/keys/token";
import { KeyVerifier } from "@/lib/keys/verify-key";

afterAll(closeDb);

const report = (secret: string, more: { url?: string } = {}) =>
  reportLeak({ secret, via: "report", ip: "192.0.2.9", requestId: newId("req"), ...more });

async function works(secret: string) {
  const verdict = await new KeyVerifier(pool(), parsePeppers(env().TOLLGATE_KEY_PEPPER)).verify(secret);
  return verdict.ok || verdict.refusal;
}

const leaks = (target: string) => db().auditRow.findMany({ where: { target, action: "key.leak" } });
const mailed = async (email: string) =>
  (await mailsTo(email)).filter(({ template }) => template.startsWith("key_"));

describe("a leaked key", () => {
  it("is revoked, its owner told and the trail written, once however often it is reported", async () => {
    const { ctx, email, workspaceId } = await account();
    const { key, secret } = await createKey(ctx, { name: "ci" });
    const url = "https://github.com/octocat/hello/blob/main/.env";
    const known = await Promise.all(Array.from({ length: 5 }, () => report(secret, { url })));
    expect(known).toEqual([true, true, true, true, true]);
    expect(await works(secret)).toBe("invalid_api_key");
    const [row, ...more] = await leaks(key.id);
    expect(more).toEqual([]);
    expect(row).toMatchObject({ workspaceId, actor: "system:leak-report", ip: "192.0.2.9" });
    expect(row?.after).toMatchObject({ via: "report", url });
    const mails = await mailed(email);
    expect(mails).toHaveLength(1);
    expect(mails[0]?.text).toContain(`“ci” (sk-tg-…${secret.slice(-4)})`);
    // A stranger chose that address: no mail of ours carries it.
    expect(mails[0]?.text).not.toContain("octocat");
    expect(JSON.stringify([row?.before, row?.after, mails.map(({ text }) => text)])).not.toContain(secret);
  });

  it("that rotation had replaced ends alone", async () => {
    const { ctx, email } = await account();
    const { key, secret } = await createKey(ctx, { name: "rotating" });
    const { secret: newer } = await rotateKey(ctx, { keyId: key.id, overlapSeconds: 3_600 });
    expect(await report(secret)).toBe(true);
    expect(await works(secret)).toBe("api_key_expired");
    expect(await works(newer)).toBe(true);
    expect((await mailed(email)).map(({ template }) => template)).toEqual(["key_leaked_old"]);
    expect(await report(newer)).toBe(true);
    expect(await works(newer)).toBe("invalid_api_key");
  });

  it("may be a management key", async () => {
    const { ctx, email } = await account();
    const { key, secret } = await createManagementKey(ctx, { name: "deploy" });
    expect(await report(secret)).toBe(true);
    expect(await db().key.findUnique({ where: { id: key.id } })).toMatchObject({
      revokedAt: expect.any(Date),
    });
    expect(await mailed(email)).toHaveLength(1);
  });

  it("that is none of ours changes nothing", async () => {
    const { ctx, email } = await account();
    const { secret } = await createKey(ctx, { name: "mine" });
    expect(await report(makeKey("inference"))).toBe(false);
    expect(await report(`${secret.slice(0, -1)}${secret.endsWith("0") ? "1" : "0"}`)).toBe(false);
    expect(await report("")).toBe(false);
    expect(await works(secret)).toBe(true);
    expect(await mailed(email)).toEqual([]);
  });

  it("keeps only addresses of the web from what a stranger says", async () => {
    for (const url of [
      "javascript:alert(1)",
      "nonsense",
      `https://x.test/${"a".repeat(3_000)}`,
      `https://x.test/${makeKey("inference")}`,
    ]) {
      const { ctx } = await account();
      const { key, secret } = await createKey(ctx, { name: "k" });
      await report(secret, { url });
      expect((await leaks(key.id))[0]?.after).not.toHaveProperty("url");
    }
  });
});

describe("a text that holds keys", () => {
  it("gives each well-formed one, whatever stands around it", () => {
    const [a, b] = [makeKey("inference"), makeKey("management")];
    expect(findSecrets(JSON.stringify({ key: a }))).toEqual([a]);
    expect(findSecrets(`OPENAI_API_KEY=${a}\n${a}x${b}`)).toEqual([a, b]);
    expect(findSecrets(`${a.slice(0, -1)} sk-tg-${"a".repeat(49)} sk-live`)).toEqual([]);
    expect(findSecrets(Array.from({ length: 30 }, () => makeKey("inference")).join(" "))).toHaveLength(20);
  });
});
