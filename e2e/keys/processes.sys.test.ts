import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { scale } from "@/e2e/harness/scale";
import { type System, startSystem } from "@/e2e/harness/system";
import { type Answer, ask, chat, models } from "@/e2e/keys/ask";
import { dumpDatabase, filesBelow, keysIn, spellings } from "@/e2e/keys/find-secret";
import { makeKey } from "@/lib/keys/token";
import { parseUsd } from "@/lib/money";

/** Keys in a running product with two gateway processes: what one of them decides must hold in the other. */
const EMAIL = "keys@example.com";
let system: System;
let database: pg.Client;
let manager = "";
/** Every secret that this file has seen, for the last test. */
const secrets = new Set<string>();

beforeAll(async () => {
  system = await startSystem({ env: { GATEWAY_WORKERS: "2", LOG_LEVEL: "debug" } });
  await must("users", "create", "--email", EMAIL, "--password", "a quiet harbour at dawn");
  await must("credits", "grant", "--email", EMAIL, "--usd", "50", "--reason", "test");
  manager = (await must("management-keys", "create", "--email", EMAIL, "--name", "tests")).trim();
  secrets.add(manager);
  database = new pg.Client({ connectionString: system.databaseUrl });
  await database.connect();
}, 300_000);

afterAll(async () => {
  await database?.end();
  await system?.stop();
});

async function must(...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await system.cli(...args);
  expect(code, `${args.slice(0, 2).join(" ")}: ${stderr}${stdout}`).toBe(0);
  return stdout;
}

async function api(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
  const given = { method, bearer: manager, headers, ...(body === undefined ? {} : { body }) };
  const answer = await ask(`${system.url}/api/v1${path}`, given);
  const read = JSON.parse(answer.text);
  if (typeof read.key === "string") secrets.add(read.key);
  return { ...answer, body: read };
}

async function makeLimited(limits: Record<string, unknown>): Promise<{ id: string; key: string }> {
  const { status, body } = await api("POST", "/keys", { name: "limited", ...limits });
  expect(status).toBe(201);
  return body;
}

/** Both workers know the key: twenty connections go to them in turn. */
async function warm(key: string): Promise<void> {
  const answers = await Promise.all(Array.from({ length: 20 }, () => models(system, key)));
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
}

const statuses = (answers: readonly Answer[]) => new Set(answers.map(({ status }) => status));
const many = (count: number, call: () => Promise<Answer>) => Promise.all(Array.from({ length: count }, call));

describe("a revoked key", () => {
  it("is refused by every process within a second", async () => {
    const { id, key } = await makeLimited({});
    await warm(key);
    expect((await api("DELETE", `/keys/${id}`)).status).toBe(200);
    await sleep(1_000);
    expect(statuses(await many(40, () => models(system, key)))).toEqual(new Set([401]));
  });

  it("is refused by every process within five seconds when the news is lost", async () => {
    const { id, key } = await makeLimited({});
    await warm(key);
    // No notification goes with this.
    await database.query("UPDATE keys SET revoked_at = now() WHERE id = $1", [id]);
    await sleep(5_000);
    expect(statuses(await many(40, () => models(system, key)))).toEqual(new Set([401]));
  });
});

describe("limits over two processes", () => {
  it("of money are never passed by one unit, by 64 calls at once", async () => {
    for (const limit of [{ total_limit_usd: "0.0005" }, { period: "day", period_limit_usd: "0.0005" }]) {
      const { id, key } = await makeLimited(limit);
      await warm(key);
      for (let round = 0; round < scale(3, 20); round++) {
        const answers = await many(64, () => chat(system, key));
        for (const { status } of answers) expect([200, 403, 429]).toContain(status);
      }
      // Alone, one after the other, until no further one fits.
      let last = await chat(system, key);
      while (last.status === 200) last = await chat(system, key);
      const { rows } = await database.query<{ spent: string; held: string; charged: string }>(
        `SELECT m.total_spent_nano AS spent, m.total_reserved_nano AS held,
                (SELECT coalesce(sum(cost_nano), 0) FROM usage.calls WHERE key_id = $1) AS charged
           FROM key_meters m WHERE m.key_id = $1`,
        [id],
      );
      const [row] = rows;
      const spent = BigInt(row?.spent ?? 0);
      expect(spent).toBeLessThanOrEqual(500_000n);
      expect([row?.held, row?.charged]).toEqual(["0", row?.spent]);
      // The next one was refused because it would not have fitted: to the unit.
      expect(last.status).toBe(403);
      const { error } = JSON.parse(last.text);
      expect(error).toMatchObject({ code: "insufficient_quota", limit_source: "key" });
      expect(parseUsd(error.left_usd)).toBe(500_000n - spent);
      expect(parseUsd(error.needed_usd)).toBeGreaterThan(500_000n - spent);
    }
  });

  it("of requests per minute are exact to one, and say when to come back", async () => {
    const { key } = await makeLimited({ requests_per_minute: 20 });
    const answers = await many(64, () => chat(system, key));
    const passed = answers.filter(({ status }) => status === 200);
    const refused = answers.filter(({ status }) => status === 429);
    expect([passed.length, refused.length]).toEqual([20, 44]);
    const left = passed.map(({ headers }) => Number(headers["x-ratelimit-remaining-requests"]));
    expect(left.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, i) => i));
    for (const { headers, text } of refused) {
      expect(headers["x-ratelimit-limit-requests"]).toBe("20");
      expect(headers["x-ratelimit-remaining-requests"]).toBe("0");
      expect(headers["x-ratelimit-reset-requests"]).toMatch(/^\d+s$/);
      const wait = Number(headers["retry-after"]);
      expect(wait).toBeGreaterThan(0);
      expect(wait).toBeLessThanOrEqual(60);
      expect(JSON.parse(text).error).toMatchObject({ code: "rate_limit_exceeded", limit_source: "key" });
    }
  });

  it("of tokens per minute count each call's own tokens, and no more", async () => {
    const { id, key } = await makeLimited({ tokens_per_minute: 2_000 });
    const answers = await many(64, () => chat(system, key));
    expect(statuses(answers)).toEqual(new Set([200, 429]));
    const used = answers
      .filter(({ status }) => status === 200)
      .reduce((sum, { text }) => sum + JSON.parse(text).usage.total_tokens, 0);
    const { rows } = await database.query("SELECT window_tokens FROM key_meters WHERE key_id = $1", [id]);
    expect(Number(rows[0].window_tokens)).toBe(used);
    expect(used).toBeLessThanOrEqual(2_000);
    for (const { status, headers } of answers) {
      expect(headers["x-ratelimit-limit-tokens"]).toBe("2000");
      expect(Number(headers["x-ratelimit-remaining-tokens"])).toBeGreaterThanOrEqual(0);
      if (status === 429) expect(Number(headers["retry-after"])).toBeGreaterThan(0);
    }
  });

  it("of parallel calls are never passed", async () => {
    const { key } = await makeLimited({ max_parallel_requests: 3 });
    const words = { messages: [{ role: "user", content: "write 200 words" }], max_tokens: 400, stream: true };
    const answers = await many(24, () => chat(system, key, words));
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused.length).toBeGreaterThan(0);
    expect(answers.filter(({ status }) => status === 200).length).toBeGreaterThanOrEqual(3);
    for (const { headers, text } of refused) {
      expect(JSON.parse(text).error.code).toBe("concurrency_limit_exceeded");
      expect(Number(headers["retry-after"])).toBeGreaterThan(0);
    }
  });
});

describe("rotation under load", () => {
  it("loses no request: the old secret works until its overlap ends, the new one at once", async () => {
    const perSecond = scale(20, 200);
    const made = await makeLimited({});
    let secret = made.key;
    let sending = true;
    const sent: { secret: string; answer: Promise<Answer> }[] = [];
    const load = (async () => {
      const everyMs = 1_000 / perSecond;
      for (let dueMs = performance.now(); sending; dueMs += everyMs) {
        await sleep(Math.max(0, dueMs - performance.now()));
        sent.push({ secret, answer: chat(system, secret) });
      }
    })();
    for (let i = 0; i < scale(4, 15); i++) {
      await sleep(1_500);
      // Two secrets live at most: who rotates again has seen the one before the last fall silent.
      await Promise.all(sent.filter((one) => one.secret !== secret).map(({ answer }) => answer));
      const rotated = await api("POST", `/keys/${made.id}/rotate`, { overlap: "1h" });
      expect(rotated.status).toBe(200);
      // Half a second in which clients have not heard of it yet.
      await sleep(500);
      secret = rotated.body.key;
    }
    sending = false;
    await load;
    const answers = await Promise.all(sent.map(({ answer }) => answer));
    expect(answers.length).toBeGreaterThan(perSecond * 4);
    const lost = answers
      .filter(({ status }) => status !== 200)
      .map(({ status, text }) => `${status} ${text}`);
    expect(lost).toEqual([]);
    const { rows } = await database.query(
      "SELECT count(*) FROM usage.calls WHERE key_id = $1 AND outcome = 'ok'",
      [made.id],
    );
    expect(Number(rows[0].count)).toBe(answers.length);
  });
});

describe("after all of this", () => {
  it("no table, no log and no file holds a secret that could be used", async () => {
    // What people and programs do with secrets besides: mistakes, repeats, reports, other headers and places.
    const { id, key } = (await api("POST", "/keys", { name: "canary" }, { "idempotency-key": "canary-1" }))
      .body;
    await api("POST", "/keys", { name: "canary" }, { "idempotency-key": "canary-1" });
    for (const path of [
      "/v1/chat/completions",
      "/v1/responses",
      "/v1/messages",
      "/v1/nothing",
      `/v1/${key}`,
    ]) {
      const credentials: Record<string, string>[] = [
        { "x-api-key": key },
        { "api-key": `${key}x` },
        { authorization: key },
      ];
      for (const headers of credentials) {
        await ask(`${system.apiUrl}${path}?key=${key}`, {
          method: "POST",
          headers,
          body: { model: key, api_key: key },
        });
      }
      await ask(`${system.url}${path}?key=${key}`, { method: "POST", bearer: key, body: { model: key } });
    }
    for (const path of ["/tokens", `/tokens/${key}`, "/sign-in", "/api/nothing", `/api/v1/keys/${key}`]) {
      await ask(`${system.url}${path}?key=${manager}`, { bearer: manager });
    }
    await api("POST", "/keys", { name: key, models: [key] });
    await api("POST", `/keys?search=${key}`, { [key]: key });
    const rotated = await must("keys", "rotate", "--id", id, "--overlap", "1h");
    secrets.add(rotated.trim());
    secrets.add(
      (await must("keys", "create", "--email", EMAIL, "--name", "cli", "--json")).match(/sk-tg-\w+/)?.[0] ??
        "",
    );
    for (const secret of [key, rotated.trim(), makeKey("inference"), `${makeKey("management")}x`]) {
      await ask(`${system.url}/api/leaks?key=${secret}`, {
        method: "POST",
        body: { key: secret, url: `https://x.test/${secret}` },
      });
    }
    for (const line of (await must("keys", "rotate-all", "--email", EMAIL, "--leaked")).match(/sk-tg-\w+/g) ??
      []) {
      secrets.add(line);
    }
    expect(secrets.size).toBeGreaterThan(12);

    const places: { place: string; bytes: Buffer }[] = [
      { place: "what was printed", bytes: Buffer.from(system.log) },
    ];
    for (const { table, text } of await dumpDatabase(system.databaseUrl)) {
      places.push({ place: table, bytes: Buffer.from(text) });
    }
    for (const { path, bytes } of filesBelow(system.dataDir)) places.push({ place: path, bytes });
    expect(places.length).toBeGreaterThan(100);
    // What is looked for this way is found where it is.
    expect(places.filter(({ bytes }) => bytes.includes(id)).map(({ place }) => place)).toContain(
      "public.keys",
    );
    const wanted = [...secrets].flatMap((secret) => spellings(secret));
    const leaks = places.flatMap(({ place, bytes }) => [
      ...wanted.filter((spelling) => bytes.includes(spelling)).map(() => place),
      ...keysIn(bytes).map((found) => `${place}: ${found.slice(0, 12)}...`),
    ]);
    expect([...new Set(leaks)]).toEqual([]);
  });
});
