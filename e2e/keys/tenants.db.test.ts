import { readdirSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { apiWorld, type Call } from "@/e2e/keys/api-world";
import type { Ctx } from "@/lib/actor";
import { ENDPOINTS } from "@/lib/api/endpoints/all";
import { closeDb, db } from "@/lib/db";
import { newId } from "@/lib/ids";
import { createKey } from "@/lib/keys/create-key";
import { endOverlap } from "@/lib/keys/end-overlap";
import { getKey } from "@/lib/keys/get-key";
import { listKeyClients } from "@/lib/keys/list-key-clients";
import { listKeyEvents } from "@/lib/keys/list-key-events";
import { listKeys } from "@/lib/keys/list-keys";
import { listKeysPage } from "@/lib/keys/list-keys-page";
import { pauseKey } from "@/lib/keys/pause-key";
import { resumeKey } from "@/lib/keys/resume-key";
import { revokeKey } from "@/lib/keys/revoke-key";
import { revokeManagementKey } from "@/lib/keys/revoke-management-key";
import { rotateAllKeys } from "@/lib/keys/rotate-all-keys";
import { rotateKey } from "@/lib/keys/rotate-key";
import { makeCtx, refusal } from "@/lib/keys/test-workspace";
import { updateKey } from "@/lib/keys/update-key";

afterAll(closeDb);

let owner: Ctx;
let ownersManagementKeyId = "";
let call: Call;
let stranger: Ctx;
let keyId = "";
let secretId = "";

beforeAll(async () => {
  const own = await apiWorld();
  owner = own.ctx;
  ownersManagementKeyId = own.managementKeyId;
  ({ ctx: stranger, call } = await apiWorld());
  keyId = (await createKey(owner, { name: "theirs" })).key.id;
  await rotateKey(owner, { keyId, overlapSeconds: 3_600 });
  const old = await db().keySecret.findFirstOrThrow({ where: { keyId, endsAt: { not: null } } });
  secretId = old.id;
});

/** Everything of the key that anyone could change. */
async function state() {
  const key = await db().key.findUniqueOrThrow({ where: { id: keyId }, include: { secrets: true } });
  const rows = await db().auditRow.count({ where: { target: keyId } });
  return JSON.stringify([key, rows]);
}

/** Every verb that takes a key's id. One that is new must be tried here. */
const VERBS: Record<string, (ctx: Ctx, id: string) => Promise<unknown>> = {
  "end-overlap": (ctx, id) => endOverlap(ctx, { keyId: id, secretId }),
  "get-key": (ctx, id) => getKey(ctx, { keyId: id }),
  "list-key-clients": (ctx, id) => listKeyClients(ctx, { keyId: id, since: new Date(0) }),
  "list-key-events": (ctx, id) => listKeyEvents(ctx, { keyId: id }),
  "pause-key": (ctx, id) => pauseKey(ctx, { keyId: id }),
  "resume-key": (ctx, id) => resumeKey(ctx, { keyId: id }),
  "revoke-key": (ctx, id) => revokeKey(ctx, { keyId: id }),
  "revoke-management-key": (ctx, id) => revokeManagementKey(ctx, { keyId: id }),
  "rotate-key": (ctx, id) => rotateKey(ctx, { keyId: id, overlapSeconds: 0 }),
  "update-key": (ctx, id) => updateKey(ctx, { keyId: id, name: "mine now" }),
};

/** What takes a workspace alone, a transaction that holds the key, or nothing. */
const WITHOUT_ID = [
  ...["create-key", "create-management-key", "list-keys", "list-keys-page", "list-management-keys"],
  ...[
    "rotate-all-keys",
    "set-key-reminder",
    "get-key-reminder",
    "remind-of-keys",
    "restart-period",
    "list-choices",
  ],
];

describe("another workspace's key", () => {
  it("has every verb tried on it", () => {
    const files = readdirSync("lib/keys")
      .filter((name) =>
        /^(create|end|get|list|pause|remind|restart|resume|revoke|rotate|set|update)-[\w-]+\.ts$/.test(name),
      )
      .map((name) => name.slice(0, -3))
      .filter((name) => !["end-key", "end-hidden-secrets"].includes(name) && !name.endsWith(".test"));
    expect(files.toSorted()).toEqual([...Object.keys(VERBS), ...WITHOUT_ID].toSorted());
  });

  it.each(Object.entries(VERBS))(
    "is not found by %s, exactly like one that does not exist",
    async (name, verb) => {
      const before = await state();
      const theirs = name === "revoke-management-key" ? ownersManagementKeyId : keyId;
      for (const id of [theirs, newId("key"), "nonsense", "", "key_'; --", `${theirs} `]) {
        expect(await refusal(verb(stranger, id)), id).toBe("not_found notFound");
      }
      expect(await state()).toBe(before);
    },
  );

  it("is in no list, and rotating everything leaves it alone", async () => {
    const before = await state();
    await rotateAllKeys(stranger, { leaked: true });
    expect(await state()).toBe(before);
    expect((await listKeys(stranger, { search: keyId })).keys).toEqual([]);
    expect((await listKeysPage(stranger, { search: keyId })).keys).toEqual([]);
  });

  it("does not show by which page a place was made", async () => {
    const page = await listKeysPage(owner, { pageSize: 1 });
    const place = page.next ?? "";
    expect((await listKeysPage(stranger, { place })).keys).toEqual([]);
  });
});

describe("another workspace's key on the management API", () => {
  const withId = ENDPOINTS.filter(({ path }) => path.includes("{id}"));

  it.each(withId.map(({ method, path }) => [method, path]))("is 404 for %s %s", async (method, path) => {
    const before = await state();
    const body = path.endsWith("rotate") ? { overlap: "none" } : {};
    const given = method === "GET" || method === "DELETE" ? undefined : body;
    const answers = [];
    for (const id of [keyId, newId("key"), ownersManagementKeyId, "nonsense", "%00", "..%2F..%2Fkeys"]) {
      const { status, body: answer } = await call(method, path.replace("{id}", id), given);
      expect([status, answer.error.code], id).toEqual([404, "not_found"]);
      answers.push(answer.error.message);
    }
    expect(new Set(answers).size).toBe(1);
    expect(await state()).toBe(before);
  });

  it("is in no list and no sum", async () => {
    expect((await call("GET", `/keys?search=${keyId}`)).body.data).toEqual([]);
    const usage = await call("GET", `/usage?key_id=${keyId}`);
    expect([usage.status, usage.body.error.code]).toEqual([404, "not_found"]);
  });

  it("stays unknown to an unconfirmed or foreign person", async () => {
    expect(await refusal(getKey(await makeCtx(false), { keyId }))).toBe("not_found notFound");
  });
});
