import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Ctx } from "@/lib/actor";
import { closeDb, pool } from "@/lib/db";
import { newId } from "@/lib/ids";
import { createKey } from "@/lib/keys/create-key";
import { endOverlap } from "@/lib/keys/end-overlap";
import { getKey } from "@/lib/keys/get-key";
import { MAX_KEYS } from "@/lib/keys/key-input";
import { listKeyEvents } from "@/lib/keys/list-key-events";
import { listKeys } from "@/lib/keys/list-keys";
import { pauseKey } from "@/lib/keys/pause-key";
import { resumeKey } from "@/lib/keys/resume-key";
import { revokeKey } from "@/lib/keys/revoke-key";
import { rotateKey } from "@/lib/keys/rotate-key";
import { makeCtx, refusal } from "@/lib/keys/test-workspace";
import { updateKey } from "@/lib/keys/update-key";

let ctx: Ctx;
beforeAll(async () => {
  ctx = await makeCtx();
});
afterAll(closeDb);

describe("another workspace's key", () => {
  it("answers as missing on every verb", async () => {
    const { key } = await createKey(ctx, { name: "mine" });
    const stranger = await makeCtx();
    for (const keyId of [key.id, newId("key"), "", "key_\u0000", "x".repeat(10_000), "' OR 1=1"]) {
      const input = { keyId, overlapSeconds: 0, secretId: newId("sec"), name: "theirs" };
      for (const verb of [getKey, updateKey, rotateKey, endOverlap, pauseKey, resumeKey, revokeKey]) {
        expect(await refusal(verb(stranger, input)), `${verb.name} ${keyId.slice(0, 30)}`).toBe(
          "not_found notFound",
        );
      }
    }
    expect(await refusal(listKeyEvents(stranger, { keyId: key.id }))).toBe("not_found notFound");
    expect((await listKeys(stranger)).keys).toEqual([]);
    expect((await getKey(ctx, { keyId: key.id })).status).toBe("active");
  });
});

describe("the list", () => {
  it("searches, filters, sorts and pages", async () => {
    const own = await makeCtx();
    const names = ["Alpha", "beta 100%", "gamma_1"];
    const made = [];
    for (const name of names) made.push(await createKey(own, { name }));
    const [alpha, beta, gamma] = made;
    await pauseKey(own, { keyId: beta?.key.id ?? "" });
    await revokeKey(own, { keyId: gamma?.key.id ?? "" });
    const found = async (filter: Parameters<typeof listKeys>[1]) =>
      (await listKeys(own, filter)).keys.map(({ name }) => name);
    expect(await found({})).toEqual(["gamma_1", "beta 100%", "Alpha"]);
    expect(await found({ sort: "name" })).toEqual(["Alpha", "beta 100%", "gamma_1"]);
    expect(await found({ search: "ALPH" })).toEqual(["Alpha"]);
    expect(await found({ search: "%" })).toEqual(["beta 100%"]);
    expect(await found({ search: "_" })).toEqual(["gamma_1"]);
    expect(await found({ search: "\u0000" })).toHaveLength(3);
    expect(await found({ search: alpha?.secret.slice(-4) ?? "" })).toEqual(["Alpha"]);
    expect(await found({ status: "paused" })).toEqual(["beta 100%"]);
    expect(await found({ status: "revoked" })).toEqual(["gamma_1"]);
    expect(await found({ status: "active" })).toEqual(["Alpha"]);
    expect(await found({ sort: "name", pageSize: 2, page: 2 })).toEqual(["gamma_1"]);
    const { matching, total } = await listKeys(own, { status: "paused" });
    expect([matching, total]).toEqual([1, 3]);
  });
});

describe("very many keys", () => {
  it("are bounded exactly, and still listed quickly", async () => {
    const own = await makeCtx();
    await pool().query(
      `INSERT INTO keys (id, workspace_id, name, updated_at)
       SELECT 'key_' || lpad(n::text, 22, '0'), $1, 'key ' || n, now() FROM generate_series(1, $2::int) n`,
      [own.workspaceId, MAX_KEYS - 1],
    );
    await pool().query(
      `INSERT INTO key_secrets (id, key_id, digest, pepper_version, prefix, last_four)
       SELECT 'sec_' || id, id, sha256(id::bytea), 1, 'sk-tg-', 'abcd' FROM keys WHERE workspace_id = $1`,
      [own.workspaceId],
    );
    const answers = await Promise.all([1, 2, 3].map((n) => refusal(createKey(own, { name: `last ${n}` }))));
    expect(answers.sort()).toEqual(["conflict tooManyKeys", "conflict tooManyKeys", "not refused"]);

    const startedMs = performance.now();
    const { keys, matching, total } = await listKeys(own, { search: "key 99", sort: "used", page: 2 });
    expect(performance.now() - startedMs).toBeLessThan(1_000);
    expect([keys.length, matching, total]).toEqual([50, 111, MAX_KEYS]);
  });
});
