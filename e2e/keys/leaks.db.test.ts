import { createSign, generateKeyPairSync } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { githubReceiver } from "@/lib/api/receive-github-leaks";
import { receiveLeak } from "@/lib/api/receive-leak";
import { account, mailsTo } from "@/lib/auth/account.fixture";
import { closeDb, db } from "@/lib/db";
import { createKey } from "@/lib/keys/create-key";
import { GithubKeys } from "@/lib/keys/leaks/github-keys";
import { makeKey } from "@/lib/keys/token";

afterAll(closeDb);

let peers = 0;
function report(body: string, peer = `198.51.100.${++peers}`) {
  const headers = { "x-tollgate-peer": peer };
  return receiveLeak(new Request("http://localhost:3000/api/leaks", { method: "POST", body, headers }));
}
const isRevoked = async (id: string) =>
  (await db().key.findUniqueOrThrow({ where: { id } })).revokedAt !== null;

describe("POST /api/leaks", () => {
  it("takes a key in any format, and answers the same to whatever comes", async () => {
    const { ctx, email } = await account();
    const formats = [
      (key: string) => JSON.stringify({ key, url: "https://example.com/paste" }),
      (key: string) => key,
      (key: string) => `key=${key}`,
      (key: string) => `{"nested": ["export KEY='${key}'"`,
    ];
    const answers = new Set<string>();
    for (const format of formats) {
      const { key, secret } = await createKey(ctx, { name: "k" });
      const answer = await report(format(secret));
      answers.add(`${answer.status} ${await answer.text()}`);
      expect(await isRevoked(key.id)).toBe(true);
    }
    for (const body of ["", "nothing here", JSON.stringify({ key: makeKey("inference") })]) {
      const answer = await report(body);
      answers.add(`${answer.status} ${await answer.text()}`);
      expect(answer.headers.get("x-request-id")).toMatch(/^req_/);
    }
    expect(answers.size).toBe(1);
    expect([...answers][0]).toMatch(/^202 /);
    expect((await mailsTo(email)).filter(({ template }) => template === "key_leaked")).toHaveLength(4);
  });

  it("is slowed down per address, and takes no large body and no other method", async () => {
    const { ctx } = await account();
    const { key, secret } = await createKey(ctx, { name: "k" });
    const peer = "203.0.113.200";
    for (let i = 0; i < 20; i++) expect((await report("x", peer)).status).toBe(202);
    const slowed = await report(secret, peer);
    expect(slowed.status).toBe(429);
    expect(Number(slowed.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(await isRevoked(key.id)).toBe(false);
    expect((await report("x".repeat(70_000))).status).toBe(413);
    const other = await receiveLeak(new Request("http://localhost:3000/api/leaks"));
    expect([other.status, other.headers.get("allow")]).toEqual([405, "POST"]);
  });
});

describe("GitHub's report", () => {
  const ours = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const foreign = generateKeyPairSync("ec", { namedCurve: "P-256" });
  let github: Server;
  let baseUrl = "";
  let asked = 0;
  let down = false;
  let nowMs = Date.now();
  let receive: (request: Request) => Promise<Response>;

  beforeAll(async () => {
    github = createServer((request, response) => {
      asked += 1;
      if (down) return void response.writeHead(503).end();
      expect(request.url).toBe("/meta/public_keys/secret_scanning");
      const key = ours.publicKey.export({ type: "spki", format: "pem" });
      response.end(JSON.stringify({ public_keys: [{ key_identifier: "abc123", key, is_current: true }] }));
    });
    await new Promise<void>((resolve) => github.listen(0, "127.0.0.1", resolve));
    baseUrl = `http://127.0.0.1:${(github.address() as AddressInfo).port}`;
    const keys = new GithubKeys({ baseUrl, allowPrivate: true, now: () => nowMs });
    receive = githubReceiver(() => keys);
  });
  afterAll(() => github.close());

  function send(body: string, how: { identifier?: string; signedBy?: typeof ours; signature?: string } = {}) {
    const sign = createSign("sha256").update(body);
    const signature = how.signature ?? sign.sign((how.signedBy ?? ours).privateKey, "base64");
    return receive(
      new Request("http://localhost:3000/api/leaks/github", {
        method: "POST",
        body,
        headers: {
          "github-public-key-identifier": how.identifier ?? "abc123",
          "github-public-key-signature": signature,
        },
      }),
    );
  }
  const match = (token: string) => ({
    token,
    type: "tollgate_key",
    url: "https://github.com/o/r",
    source: "commit",
  });

  it("that is signed revokes what is real, tells its owner and says which were", async () => {
    const { ctx, email } = await account();
    const { key, secret } = await createKey(ctx, { name: "pushed" });
    const answer = await send(JSON.stringify([match(secret), match(makeKey("inference"))]));
    expect(answer.status).toBe(200);
    const feedback = (await answer.json()) as { label: string; token_hash: string }[];
    expect(feedback.map(({ label }) => label)).toEqual(["true_positive", "false_positive"]);
    expect(feedback[0]?.token_hash).toMatch(/^[0-9a-f]{64}$/);
    expect(await isRevoked(key.id)).toBe(true);
    expect((await mailsTo(email))[0]?.template).toBe("key_leaked");
    const row = await db().auditRow.findFirstOrThrow({ where: { target: key.id, action: "key.leak" } });
    expect(row).toMatchObject({
      actor: "system:leak-github",
      after: { via: "github", url: "https://github.com/o/r" },
    });
  });

  it("that is not signed by GitHub, byte for byte, revokes nothing", async () => {
    const { ctx } = await account();
    const { key, secret } = await createKey(ctx, { name: "safe" });
    const body = JSON.stringify([match(secret)]);
    const signature = createSign("sha256").update(`${body} `).sign(ours.privateKey, "base64");
    for (const how of [
      { signedBy: foreign },
      { signature },
      { signature: "nonsense" },
      { signature: "" },
      { identifier: "unknown" },
      { identifier: "" },
      { identifier: "../../secrets" },
    ]) {
      expect((await send(body, how)).status, JSON.stringify(how.identifier)).toBe(403);
    }
    expect(await isRevoked(key.id)).toBe(false);
  });

  it("asks GitHub for its keys once an hour, and no more for identifiers that it does not know", async () => {
    nowMs += 2 * 3_600_000;
    asked = 0;
    for (let i = 0; i < 5; i++) await send("[]");
    for (let i = 0; i < 5; i++) await send("[]", { identifier: `made-up${i}`.replace("-", "") });
    expect(asked).toBe(1);
    nowMs += 61_000;
    await send("[]", { identifier: "another" });
    expect(asked).toBe(2);
  });

  it("is put off while the keys cannot be read, except by a key that is known", async () => {
    down = true;
    nowMs += 2 * 3_600_000;
    expect((await send("[]", { identifier: "unheard" })).status).toBe(503);
    expect((await send("[]")).status).toBe(200);
    asked = 0;
    for (let i = 0; i < 5; i++) expect((await send("[]", { identifier: "unheard" })).status).toBe(503);
    expect(asked).toBe(0);
    down = false;
    nowMs += 2 * 3_600_000;
    expect((await send("not json")).status).toBe(400);
    expect((await send('{"token": 1}')).status).toBe(400);
  });

  it("never leads to an address of this machine unless that is allowed", async () => {
    const guarded = new GithubKeys({ baseUrl, allowPrivate: false });
    await expect(guarded.find("abc123")).rejects.toThrow("not a public address");
  });
});
