import { randomBytes } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startTestServer, urlsOf } from "@/e2e/harness/database-server";
import { scale } from "@/e2e/harness/scale";

/** What a key costs to check, in CPU time of this process and in pages that Postgres reads, few keys or many. */
const PEPPERS = [{ version: 1, value: randomBytes(32).toString("base64") }];
const MOST_KEYS = scale(100_000, 1_000_000);

let stop: () => Promise<void>;
let owner: pg.Client;
let workspaceId = "";

beforeAll(async () => {
  const started = await startTestServer();
  stop = started.stop;
  const { url, adminUrl } = urlsOf(started.server, started.server.template);
  Object.assign(process.env, {
    DATABASE_URL: url,
    LOG_LEVEL: "fatal",
    TOLLGATE_KEY_PEPPER: `v1:${PEPPERS[0]?.value}`,
  });
  owner = new pg.Client({ connectionString: adminUrl });
  await owner.connect();
  const { makeCtx } = await import("@/lib/keys/test-workspace");
  ({ workspaceId } = await makeCtx());
});
afterAll(async () => {
  const { closeDb } = await import("@/lib/db");
  await owner.end();
  await closeDb();
  await stop();
});

/** Adds rows until there are so many keys; their secrets are nobody's. */
async function fillUpTo(count: number, owned: string): Promise<void> {
  await owner.query(
    `WITH made AS (
       INSERT INTO keys (id, workspace_id, name, created_at, updated_at)
         SELECT 'key_' || substr(md5('a' || n) || md5('b' || n), 1, 22), $2, 'service ' || n, now() - n * interval '1 second', now()
           FROM generate_series((SELECT count(*) + 1 FROM keys), $1::bigint) n RETURNING id)
     INSERT INTO key_secrets (id, key_id, digest, pepper_version, prefix, last_four)
       SELECT 'sec_' || substr(id, 5), id, sha256(id::bytea), 1, 'sk-tg-', substr(md5(id), 1, 4) FROM made`,
    [count, owned],
  );
  await owner.query("ANALYZE keys; ANALYZE key_secrets");
}

/** CPU of this process per call, in microseconds. */
async function cpuOf(calls: number, work: () => unknown): Promise<number> {
  for (let i = 0; i < Math.min(calls, 20_000); i++) await work();
  const before = process.cpuUsage();
  for (let i = 0; i < calls; i++) {
    const result = work();
    if (result instanceof Promise) await result;
  }
  const { user, system } = process.cpuUsage(before);
  return (user + system) / calls;
}

it("a known key is checked in memory", async () => {
  const { pool } = await import("@/lib/db");
  const { createKey } = await import("@/lib/keys/create-key");
  const { makeCtx } = await import("@/lib/keys/test-workspace");
  const { KeyVerifier } = await import("@/lib/keys/verify-key");
  const { secret } = await createKey(await makeCtx(), { name: "bench", models: ["openai/*", "*mini*"] });
  const verifier = new KeyVerifier(pool(), PEPPERS, { freshMs: 600_000 });
  expect(await verifier.verify(secret)).toMatchObject({ ok: true });
  const hitMicros = await cpuOf(scale(200_000, 1_000_000), () => verifier.verify(secret));
  const malformed = `${secret.slice(0, -1)}!`;
  const junkMicros = await cpuOf(scale(200_000, 1_000_000), () => verifier.verify(malformed));
  console.log(
    [
      "| checked | CPU |",
      "| --- | --- |",
      `| known key | ${hitMicros.toFixed(1)} us |`,
      `| no key at all | ${junkMicros.toFixed(1)} us |`,
    ].join("\n"),
  );
  expect(hitMicros).toBeLessThan(50);
});

it("an unknown one costs the same look-up among few keys and many", async () => {
  const { pool } = await import("@/lib/db");
  const { createKey } = await import("@/lib/keys/create-key");
  const { readKeyRecord } = await import("@/lib/keys/key-record");
  const { makeCtx } = await import("@/lib/keys/test-workspace");
  const { candidateDigests } = await import("@/lib/keys/token");
  const { secret } = await createKey(await makeCtx(), { name: "needle" });
  const digests = candidateDigests(secret, PEPPERS);
  const rows: string[] = [];
  const pages: number[] = [];
  for (const count of [1_000, MOST_KEYS]) {
    await fillUpTo(count, workspaceId);
    expect(await readKeyRecord(pool(), digests)).not.toBeNull();
    const micros = await cpuOf(scale(2_000, 10_000), () => readKeyRecord(pool(), digests));
    const { rows: plan } = await owner.query(
      "EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) SELECT k.id FROM key_secrets s JOIN keys k ON k.id = s.key_id WHERE s.digest = ANY ($1::bytea[])",
      [digests],
    );
    const read = plan[0]["QUERY PLAN"][0].Plan;
    pages.push(read["Shared Hit Blocks"] + read["Shared Read Blocks"]);
    rows.push(`| ${count} | ${micros.toFixed(0)} us | ${pages.at(-1)} |`);
  }
  console.log(["| keys | CPU of the process | pages read |", "| --- | --- | --- |", ...rows].join("\n"));
  const [few = 0, many = 0] = pages;
  // A B-tree a thousand times as large is one or two levels deeper.
  expect(many - few).toBeLessThanOrEqual(4);
});

it("a workspace's list of 10,000 keys", async () => {
  const { listKeysPage } = await import("@/lib/keys/list-keys-page");
  const { makeCtx } = await import("@/lib/keys/test-workspace");
  const ctx = await makeCtx();
  const { rows: counted } = await owner.query("SELECT count(*)::int AS n FROM keys");
  await fillUpTo(counted[0].n + 10_000, ctx.workspaceId);
  const rows: string[] = [];
  const time = async (what: string, work: () => Promise<unknown>) => {
    await work();
    const beganMs = performance.now();
    for (let i = 0; i < 5; i++) await work();
    rows.push(`| ${what} | ${((performance.now() - beganMs) / 5).toFixed(1)} ms |`);
  };
  await time("first page", () => listKeysPage(ctx));
  let place: string | undefined;
  for (let i = 0; i < 49; i++)
    place = (await listKeysPage(ctx, { pageSize: 200, ...(place ? { place } : {}) })).next ?? "";
  await time("last page", () => listKeysPage(ctx, { pageSize: 200, ...(place ? { place } : {}) }));
  await time("search of a name", () => listKeysPage(ctx, { search: "service 5" }));
  await time("search that finds nothing", () => listKeysPage(ctx, { search: "zebra" }));
  await time("only paused ones", () => listKeysPage(ctx, { status: "paused" }));
  await time("by name", () => listKeysPage(ctx, { sort: "name" }));
  console.log(["| 10,000 keys | time |", "| --- | --- |", ...rows].join("\n"));
});
