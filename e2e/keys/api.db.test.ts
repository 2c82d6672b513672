import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { z } from "zod";
import { apiWorld, type Call, callerWith } from "@/e2e/keys/api-world";
import type { Ctx } from "@/lib/actor";
import {
  ChangedKeyObject,
  KeyList,
  KeyObject,
  NewKeyObject,
  RotatedKeyObject,
} from "@/lib/api/schemas/key-object";
import { CreditsObject, ErrorObject, ModelList, UsageObject } from "@/lib/api/schemas/reads";
import { closeDb, db, pool } from "@/lib/db";
import { env } from "@/lib/env";
import { createKey } from "@/lib/keys/create-key";
import { revokeManagementKey } from "@/lib/keys/revoke-management-key";
import { makeModel } from "@/lib/keys/test-workspace";
import { makeKey, parsePeppers } from "@/lib/keys/token";
import { KeyVerifier } from "@/lib/keys/verify-key";

let ctx: Ctx;
let call: Call;
let managementKeyId: string;
let managementKey: string;
beforeAll(async () => {
  ({ ctx, call, managementKeyId, managementKey } = await apiWorld());
  await makeModel("test/known");
});
afterAll(closeDb);

async function works(secret: string) {
  const verdict = await new KeyVerifier(pool(), parsePeppers(env().TOLLGATE_KEY_PEPPER)).verify(secret);
  return verdict.ok || verdict.refusal;
}

/** Exactly what the document promises, nothing besides. */
function exactly(schema: z.ZodObject, body: unknown): void {
  expect(schema.strict().safeParse(body).error?.issues ?? []).toEqual([]);
}

describe("a key by the management API", () => {
  it("is made, read, changed, rotated, paused, resumed and revoked", async () => {
    const wanted = {
      name: "ci <b>",
      models: ["test/known", "openai/*"],
      ip_ranges: ["0.0.0.0/0", "::ffff:192.0.2.1"],
      total_limit_usd: "25.000000001",
      period: "week",
      period_limit_usd: 0.1,
      requests_per_minute: 60,
      tokens_per_minute: 100_000,
      max_parallel_requests: 4,
      request_limit_usd: "0.5",
      expires_at: "2031-01-31T12:00:00+02:00",
    };
    const made = await call("POST", "/keys", wanted);
    expect(made.status).toBe(201);
    exactly(NewKeyObject, made.body);
    expect(made.body).toMatchObject({
      ...wanted,
      ip_ranges: ["0.0.0.0/0", "192.0.2.1/32"],
      period_limit_usd: "0.1",
      expires_at: "2031-01-31T10:00:00.000Z",
      status: "active",
      disabled: false,
    });
    expect(made.body.warnings.map(({ value }: { value: string }) => value)).toEqual([
      "0.0.0.0/0",
      "openai/*",
    ]);
    expect(await works(made.body.key)).toBe(true);
    const { id } = made.body;

    const read = await call("GET", `/keys/${id}`);
    exactly(KeyObject, read.body);
    expect(JSON.stringify(read.body)).not.toContain(made.body.key);

    const changed = await call("PATCH", `/keys/${id}`, {
      name: "renamed",
      period_limit_usd: null,
      expires_at: null,
      models: [],
      updated_at: read.body.updated_at,
    });
    exactly(ChangedKeyObject, changed.body);
    expect(changed.body).toMatchObject({
      name: "renamed",
      period: null,
      period_limit_usd: null,
      expires_at: null,
      models: [],
      total_limit_usd: "25.000000001",
      requests_per_minute: 60,
    });
    const late = await call("PATCH", `/keys/${id}`, { name: "lost", updated_at: read.body.updated_at });
    expect([late.status, late.body.error.code]).toEqual([409, "conflict"]);

    const rotated = await call("POST", `/keys/${id}/rotate`, { overlap: "90m" });
    exactly(RotatedKeyObject, rotated.body);
    expect(rotated.body.status).toBe("rotating");
    expect(Date.parse(rotated.body.old_ends_at) - Date.now()).toBeGreaterThan(89 * 60_000);
    expect([await works(made.body.key), await works(rotated.body.key)]).toEqual([true, true]);
    expect((await call("POST", `/keys/${id}/end-overlap`)).body.status).toBe("active");
    expect(await works(made.body.key)).toBe("api_key_expired");

    expect((await call("POST", `/keys/${id}/pause`)).body).toMatchObject({
      status: "paused",
      disabled: true,
    });
    expect(await works(rotated.body.key)).toBe("api_key_disabled");
    expect((await call("POST", `/keys/${id}/resume`)).body.status).toBe("active");

    const leaked = await call("POST", `/keys/${id}/rotate`, { leaked: true });
    expect(await works(rotated.body.key)).toBe("api_key_expired");
    const revoked = await call("DELETE", `/keys/${id}`);
    expect([revoked.status, revoked.body.status]).toEqual([200, "revoked"]);
    expect(await works(leaked.body.key)).toBe("invalid_api_key");
    expect((await call("POST", `/keys/${id}/resume`)).status).toBe(409);
    const actors = await db().auditRow.findMany({ where: { target: id }, select: { actor: true } });
    expect(new Set(actors.map(({ actor }) => actor))).toEqual(new Set([`management:${managementKeyId}`]));
  });

  it("rotates for a day when nothing is said, and refuses overlaps that are none", async () => {
    const { body } = await call("POST", "/keys", { name: "k" });
    const rotated = await call("POST", `/keys/${body.id}/rotate`);
    const hours = (Date.parse(rotated.body.old_ends_at) - Date.now()) / 3_600_000;
    expect(hours).toBeGreaterThan(23.9);
    for (const given of [{ overlap: "31d" }, { overlap: "soon" }, { overlap: "1h", leaked: true }]) {
      const refused = await call("POST", `/keys/${body.id}/rotate`, given);
      expect([refused.status, refused.body.error.field]).toEqual([400, "overlap"]);
    }
  });

  it("is listed a page at a time, each once, by name, ends and state", async () => {
    const own = await apiWorld();
    const made = [];
    for (let i = 0; i < 7; i++) made.push(await createKey(own.ctx, { name: `app ${i}` }));
    await own.call("POST", `/keys/${made[2]?.key.id}/pause`);
    await own.call("DELETE", `/keys/${made[3]?.key.id}`);
    const seen: string[] = [];
    for (let cursor = ""; ; ) {
      const page = await own.call("GET", `/keys?limit=3${cursor && `&cursor=${cursor}`}`);
      exactly(KeyList, page.body);
      seen.push(...page.body.data.map(({ name }: { name: string }) => name));
      // One that is made meanwhile moves nothing.
      if (cursor === "") await createKey(own.ctx, { name: "newcomer" });
      if (!page.body.has_more) break;
      cursor = page.body.next_cursor;
    }
    expect(seen).toEqual([6, 5, 4, 3, 2, 1, 0].map((i) => `app ${i}`));
    const names = async (query: string) =>
      (await own.call("GET", `/keys?${query}`)).body.data.map(({ name }: { name: string }) => name);
    expect(await names("disabled=true")).toEqual(["app 3", "app 2"]);
    expect(await names("disabled=false&search=APP")).toEqual(["app 6", "app 5", "app 4", "app 1", "app 0"]);
    expect(await names(`search=${made[5]?.secret.slice(-4)}`)).toContain("app 5");
    expect(await names(`search=${made[5]?.key.id}`)).toEqual(["app 5"]);
    expect(await names("status=paused")).toEqual(["app 2"]);
    for (const query of ["limit=0", "limit=x", "cursor=zzz", "disabled=maybe", "status=odd", "no_such=1"]) {
      const refused = await own.call("GET", `/keys?${query}`);
      expect([refused.status, refused.body.error.code, refused.body.error.field], query).toEqual([
        400,
        "invalid_input",
        query.split("=")[0],
      ]);
    }
  });
});

describe("bad input", () => {
  it("is refused by its field, in one shape, and writes nothing", async () => {
    const own = await apiWorld();
    const cases: [unknown, string][] = [
      [{}, "name"],
      [{ name: "" }, "name"],
      [{ name: "x".repeat(10_240) }, "name"],
      [{ name: "a\u0000b" }, "name"],
      [{ name: 7 }, "name"],
      [{ name: "k", total_limit_usd: "0" }, "total_limit_usd"],
      [{ name: "k", total_limit_usd: "-1" }, "total_limit_usd"],
      [{ name: "k", total_limit_usd: -1 }, "total_limit_usd"],
      [{ name: "k", total_limit_usd: 1e-10 }, "total_limit_usd"],
      [{ name: "k", total_limit_usd: "9223372037" }, "total_limit_usd"],
      [{ name: "k", total_limit_usd: 1e25 }, "total_limit_usd"],
      [{ name: "k", period_limit_usd: "5" }, "period"],
      [{ name: "k", period: "day" }, "period_limit_usd"],
      [{ name: "k", period: "year", period_limit_usd: "5" }, "period"],
      [{ name: "k", requests_per_minute: 0 }, "requests_per_minute"],
      [{ name: "k", tokens_per_minute: 1.5 }, "tokens_per_minute"],
      [{ name: "k", max_parallel_requests: 1e9 }, "max_parallel_requests"],
      [{ name: "k", expires_at: "2020-01-01T00:00:00Z" }, "expires_at"],
      [{ name: "k", expires_at: "tomorrow" }, "expires_at"],
      [{ name: "k", expires_at: "2031-02-30T00:00:00Z" }, "expires_at"],
      [{ name: "k", ip_ranges: ["300.1.1.1"] }, "ip_ranges"],
      [{ name: "k", models: ["no such"] }, "models"],
      [{ name: "k", models: ["test/unknown"] }, "models"],
      [{ name: "k", workspace_id: "ws_x" }, "workspace_id"],
      ["{nonsense", "body"],
      [[], "body"],
    ];
    for (const [body, field] of cases) {
      const refused = await own.call("POST", "/keys", body);
      expect([refused.status, refused.body.error.field], JSON.stringify(body).slice(0, 60)).toEqual([
        400,
        field,
      ]);
      exactly(ErrorObject, refused.body);
      expect(refused.body.error.request_id).toBe(refused.headers.get("x-request-id"));
      expect(refused.body.error.message).not.toMatch(/Invalid input|undefined|\{\w+\}/);
    }
    expect((await own.call("GET", "/keys")).body.data).toEqual([]);
    const large = await own.call("POST", "/keys", { name: "k", models: Array(5_000).fill("a".repeat(30)) });
    expect([large.status, large.body.error.code]).toEqual([413, "too_large"]);
  });

  it("in an edit changes nothing, whatever column it names", async () => {
    const { body: key } = await call("POST", "/keys", { name: "k" });
    for (const name of ["balance", "workspaceId", "createdById", "revoked_at", "status", "id", "kind"]) {
      expect((await call("PATCH", `/keys/${key.id}`, { [name]: "x" })).status).toBe(400);
    }
    expect((await call("GET", `/keys/${key.id}`)).body.updated_at).toBe(key.updated_at);
  });

  it("of two edits at once from one state: one is made, the other told", async () => {
    const { body: key } = await call("POST", "/keys", { name: "k" });
    const edits = ["a", "b", "c", "d"].map((name) =>
      call("PATCH", `/keys/${key.id}`, { name, requests_per_minute: 5, updated_at: key.updated_at }),
    );
    const statuses = (await Promise.all(edits)).map(({ status }) => status);
    expect(statuses.toSorted()).toEqual([200, 409, 409, 409]);
    expect(await db().auditRow.count({ where: { target: key.id, action: "key.update" } })).toBe(1);
  });
});

describe("reads", () => {
  it("answer credits, usage and models as promised", async () => {
    const credits = await call("GET", "/credits");
    exactly(CreditsObject, credits.body);
    const usage = await call("GET", "/usage?from=2026-11-01&to=2026-11-02&group_by=key");
    exactly(UsageObject, usage.body);
    exactly(ModelList, (await call("GET", "/models")).body);
    for (const query of ["from=2026-13-01", "from=2020-01-01", "group_by=colour", "key_id=key_nobody"]) {
      expect([400, 404], query).toContain((await call("GET", `/usage?${query}`)).status);
    }
  });
});

describe("a call that may not be made", () => {
  it("is answered in the one shape, with a request id", async () => {
    const { secret: inference } = await createKey(ctx, { name: "calls models" });
    const cases: [Call, string, string, number, string][] = [
      [callerWith(null), "GET", "/keys", 401, "invalid_api_key"],
      [callerWith("mk-tg-nonsense"), "GET", "/keys", 401, "invalid_api_key"],
      [callerWith(makeKey("management")), "GET", "/keys", 401, "invalid_api_key"],
      [callerWith(inference), "GET", "/keys", 401, "wrong_key_type"],
      [call, "GET", "/nothing", 404, "unknown_endpoint"],
      [call, "PUT", "/keys", 405, "method_not_allowed"],
      [call, "OPTIONS", "/keys", 405, "method_not_allowed"],
    ];
    for (const [caller, method, path, status, code] of cases) {
      const answer = await caller(method, path);
      expect([answer.status, answer.body.error.code], `${method} ${path}`).toEqual([status, code]);
      exactly(ErrorObject, answer.body);
      expect(answer.headers.get("x-request-id")).toMatch(/^req_/);
      expect(answer.headers.get("cache-control")).toBe("no-store");
    }
    expect((await call("PUT", "/keys")).headers.get("allow")).toBe("GET, POST");
  });

  it("ends with its management key: revoked, expired, from elsewhere", async () => {
    const own = await apiWorld();
    expect((await own.call("GET", "/keys")).status).toBe(200);
    const key = { id: own.managementKeyId };
    const used = await db().key.findUniqueOrThrow({ where: key });
    expect(used.lastUsedAt).not.toBeNull();
    await own.call("GET", "/keys");
    expect((await db().key.findUniqueOrThrow({ where: key })).lastUsedAt).toEqual(used.lastUsedAt);
    await db().key.update({ where: key, data: { ipRanges: ["10.0.0.0/8"] } });
    expect((await own.call("GET", "/keys")).body.error.code).toBe("ip_not_allowed");
    await db().key.update({ where: key, data: { ipRanges: ["192.0.2.0/24"], expiresAt: new Date() } });
    expect((await own.call("GET", "/keys")).body.error.code).toBe("api_key_expired");
    await revokeManagementKey(own.ctx, { keyId: key.id });
    expect((await own.call("GET", "/keys")).body.error.code).toBe("invalid_api_key");
  });

  it("is slowed down beyond 600 a minute", async () => {
    const own = await apiWorld();
    await own.call("GET", "/models");
    await db().throttle.update({
      where: { subject: `api:key:${own.managementKeyId}` },
      data: { failures: 599 },
    });
    expect((await own.call("GET", "/models")).status).toBe(200);
    const slowed = await own.call("GET", "/models");
    expect([slowed.status, slowed.body.error.code]).toEqual([429, "too_many"]);
    expect(Number(slowed.headers.get("retry-after"))).toBeGreaterThan(50);
    expect(managementKey).toMatch(/^mk-tg-/);
  });
});
