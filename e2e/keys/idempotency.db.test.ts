import { afterAll, describe, expect, it } from "vitest";
import { apiWorld, callerWith } from "@/e2e/keys/api-world";
import { closeDb, db, pool } from "@/lib/db";
import { forgetAnswersJob } from "@/lib/jobs/forget-answers";
import { createManagementKey } from "@/lib/keys/create-management-key";

afterAll(closeDb);

const once = (key: string) => ({ "idempotency-key": key });

describe("a change with an Idempotency-Key", () => {
  it("is made once, and answered alike again, the secret included", async () => {
    const { call, ctx } = await apiWorld();
    const first = await call("POST", "/keys", { name: "once" }, once("create-1"));
    const again = await call("POST", "/keys", { name: "once" }, once("create-1"));
    expect(again.status).toBe(201);
    expect(again.body).toEqual(first.body);
    expect(again.body.key).toMatch(/^sk-tg-/);
    expect([first, again].map(({ headers }) => headers.get("idempotent-replayed"))).toEqual([null, "true"]);
    expect(await db().key.count({ where: { workspaceId: ctx.workspaceId, kind: "inference" } })).toBe(1);
    const rotated = await call(
      "POST",
      `/keys/${first.body.id}/rotate`,
      { overlap: "none" },
      once("rotate-1"),
    );
    const repeated = await call(
      "POST",
      `/keys/${first.body.id}/rotate`,
      { overlap: "none" },
      once("rotate-1"),
    );
    expect(repeated.body).toEqual(rotated.body);
    expect(await db().keySecret.count({ where: { keyId: first.body.id } })).toBe(2);
  });

  it("is made once when it is sent many times at once", async () => {
    const { call, ctx } = await apiWorld();
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => call("POST", "/keys", { name: "parallel" }, once("parallel"))),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
    expect(new Set(answers.map(({ body }) => body.key)).size).toBe(1);
    expect(await db().key.count({ where: { workspaceId: ctx.workspaceId, kind: "inference" } })).toBe(1);
  });

  it("is refused for another body, path or method, and is another caller's own", async () => {
    const { call, ctx } = await apiWorld();
    const { body: key } = await call("POST", "/keys", { name: "a" }, once("k1"));
    for (const [method, path, body] of [
      ["POST", "/keys", { name: "b" }],
      ["POST", `/keys/${key.id}/pause`, undefined],
      ["DELETE", `/keys/${key.id}`, undefined],
    ] as const) {
      const refused = await call(method, path, body, once("k1"));
      expect([refused.status, refused.body.error.code]).toEqual([422, "idempotency_key_reused"]);
    }
    expect((await call("GET", `/keys/${key.id}`)).body.status).toBe("active");
    const other = callerWith((await createManagementKey(ctx, { name: "second" })).secret);
    const theirs = await other("POST", "/keys", { name: "b" }, once("k1"));
    expect([theirs.status, theirs.body.name]).toEqual([201, "b"]);
  });

  it("that was refused is decided anew, and nothing of it is kept", async () => {
    const { call, managementKeyId } = await apiWorld();
    const { body: key } = await call("POST", "/keys", { name: "a" });
    await call("DELETE", `/keys/${key.id}`);
    for (let i = 0; i < 2; i++) {
      expect((await call("POST", `/keys/${key.id}/rotate`, {}, once("late"))).status).toBe(409);
    }
    expect((await call("POST", "/keys", { name: "" }, once("late"))).status).toBe(400);
    expect(await db().idempotentAnswer.count({ where: { keyId: managementKeyId } })).toBe(0);
    expect((await call("POST", "/keys", { name: "fine" }, once("late"))).status).toBe(201);
  });

  it("takes visible ASCII of 255 characters at most, and is not looked at where nothing changes", async () => {
    const { call } = await apiWorld();
    for (const key of ["", "a b", "x".repeat(256), "caf\u00e9"]) {
      expect((await call("POST", "/keys", { name: "a" }, once(key))).body.error.field).toBe(
        "Idempotency-Key",
      );
    }
    expect((await call("POST", "/keys", { name: "a" }, once("x".repeat(255)))).status).toBe(201);
    expect((await call("GET", "/keys", undefined, once("a b"))).status).toBe(200);
  });

  it("keeps its answer sealed: no row holds the secret, nor what would open it", async () => {
    const { call, managementKey, managementKeyId } = await apiWorld();
    const { body } = await call("POST", "/keys", { name: "sealed" }, once("a-guessable-key"));
    const { rows } = await pool().query("SELECT * FROM idempotent_answers WHERE key_id = $1", [
      managementKeyId,
    ]);
    expect(rows).toHaveLength(1);
    const bytes = Buffer.concat(Object.values(rows[0]).filter((value) => Buffer.isBuffer(value)));
    for (const secret of [body.key, body.key.slice(6, 40), managementKey, "a-guessable-key", '"object"']) {
      expect(bytes.includes(secret)).toBe(false);
    }
  });

  it("is forgotten after a day", async () => {
    const { call, managementKeyId } = await apiWorld();
    const first = await call("POST", "/keys", { name: "a" }, once("daily"));
    await forgetAnswersJob.run();
    expect((await call("POST", "/keys", { name: "a" }, once("daily"))).body.id).toBe(first.body.id);
    const createdAt = new Date(Date.now() - 24 * 3_600_000 - 1_000);
    await db().idempotentAnswer.updateMany({ where: { keyId: managementKeyId }, data: { createdAt } });
    await forgetAnswersJob.run();
    expect((await call("POST", "/keys", { name: "a" }, once("daily"))).body.id).not.toBe(first.body.id);
  });
});
