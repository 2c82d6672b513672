import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { FAULT_FACES, type FaultFace } from "@/e2e/gateway/fault-faces";
import {
  addScripted,
  type Customer,
  callRows,
  type GatewayWorld,
  openHolds,
  startWorld,
  until,
  wallet,
} from "@/e2e/gateway/world";
import { scale } from "@/e2e/harness/scale";
import { addConnection } from "@/lib/catalog/add-connection";
import { pool } from "@/lib/db";
import { GATEWAY_ERRORS, type GatewayErrorCode } from "@/lib/gateway/dialects/errors";
import { newId } from "@/lib/ids";

/** What each fault comes to: the error's code, and whether anything had been delivered (and is charged) before. */
const FAULTS: Record<
  string,
  { plain: GatewayErrorCode | "ok"; stream: GatewayErrorCode | "ok"; delivered?: boolean }
> = {
  "hang-before": { plain: "upstream_timeout", stream: "upstream_timeout" },
  "headers-only": { plain: "upstream_timeout", stream: "upstream_timeout" },
  "hang-after": { plain: "upstream_timeout", stream: "upstream_timeout", delivered: true },
  "reset-before": { plain: "upstream_unavailable", stream: "upstream_unavailable" },
  "reset-after": { plain: "upstream_unavailable", stream: "upstream_unavailable", delivered: true },
  malformed: { plain: "upstream_unavailable", stream: "upstream_unavailable", delivered: true },
  "malformed-first": { plain: "upstream_unavailable", stream: "upstream_unavailable" },
  "early-end": { plain: "upstream_unavailable", stream: "upstream_unavailable", delivered: true },
  "error-event": { plain: "upstream_unavailable", stream: "upstream_unavailable", delivered: true },
  "error-first": { plain: "upstream_unavailable", stream: "upstream_unavailable" },
  "error-body": { plain: "upstream_unavailable", stream: "upstream_unavailable" },
  "giant-line": { plain: "ok", stream: "upstream_unavailable", delivered: true },
  "bad-request": { plain: "invalid_request_error", stream: "invalid_request_error" },
  "status-401": { plain: "upstream_unavailable", stream: "upstream_unavailable" },
  "status-402": { plain: "upstream_unavailable", stream: "upstream_unavailable" },
  "status-403": { plain: "upstream_unavailable", stream: "upstream_unavailable" },
  "status-404": { plain: "upstream_unavailable", stream: "upstream_unavailable" },
  "status-413": { plain: "request_too_large", stream: "request_too_large" },
  "status-429": { plain: "upstream_unavailable", stream: "upstream_unavailable" },
  "status-500": { plain: "upstream_unavailable", stream: "upstream_unavailable" },
  "status-503": { plain: "upstream_unavailable", stream: "upstream_unavailable" },
  "status-302": { plain: "upstream_unavailable", stream: "upstream_unavailable" },
};
/** Two tries of a first byte, with room for a busy machine. */
const DEADLINE_MS = 4_000;
const SECRETS = /sk-upstreamsecret1|secret\.example|upstream says|127\.0\.0\.1|never to be seen/;

let world: GatewayWorld;
let customer: Customer;

beforeAll(async () => {
  world = await startWorld(["ok", ...Object.keys(FAULTS)], { firstByteTimeoutMs: 500, idleTimeoutMs: 500 });
  customer = await world.customer();
});
afterAll(() => world.stop());

const ask = (model: string, stream: boolean, who = customer) =>
  fetch(`${world.baseUrl}/chat/completions`, {
    method: "POST",
    headers: { authorization: `Bearer ${who.secret}` },
    body: JSON.stringify({ model, stream, max_tokens: 50, messages: [{ role: "user", content: "hi" }] }),
    signal: AbortSignal.timeout(DEADLINE_MS),
  });

const send = (face: FaultFace, model: string, stream: boolean, who: Customer) =>
  fetch(`${world.baseUrl}${face.path}`, {
    method: "POST",
    headers: { authorization: `Bearer ${who.secret}` },
    body: JSON.stringify(face.body(model, stream)),
    signal: AbortSignal.timeout(DEADLINE_MS),
  });

describe.each(FAULT_FACES)("a caller of $name", (face) => {
  const runs = face.name === "chat" ? scale(5, 50) : scale(1, 50);
  describe.each(Object.entries(FAULTS))("meets the fault %s", (model, expected) => {
    it.each(["plain", "stream"] as const)(
      "of a %s call: it ends well-formed, in time, and is never charged for nothing",
      async (mode) => {
        const who = await world.customer();
        const streamed = mode === "stream";
        const code = expected[mode];
        const delivered = streamed && expected.delivered;
        const one = async () => {
          const response = await send(face, model, streamed, who);
          const text = await response.text();
          expect(text).not.toMatch(SECRETS);
          expect(JSON.stringify([...response.headers])).not.toMatch(SECRETS);
          if (code === "ok") {
            expect(response.status).toBe(200);
          } else if (delivered) {
            expect(response.status).toBe(200);
            expect(face.streamError(text).code).toBe(code);
            expect(text).toContain("Hello");
          } else {
            const error = face.plainError(text);
            expect([response.status, error.code]).toEqual([face.status(code), code]);
            expect(error.request_id).toBe(response.headers.get("x-request-id"));
            expect(response.headers.get("x-should-retry")).toBe(
              GATEWAY_ERRORS[code].permanent ? "false" : null,
            );
          }
        };
        await Promise.all(Array.from({ length: runs }, one));
        const rows = await callRows(who.workspaceId);
        expect(rows.length).toBe(runs);
        const { balance, reserved } = await wallet(who.workspaceId);
        expect(reserved).toBe(0n);
        expect(10_000_000_000n - balance).toBe(rows.reduce((sum, row) => sum + row.cost_nano, 0n));
        for (const row of rows) {
          if (code === "ok") {
            expect(row.outcome).toBe("ok");
          } else {
            expect(row).toMatchObject({ outcome: "upstream_error", error_code: code });
            if (delivered) expect(row.cost_nano).toBeGreaterThan(0n);
            else expect(row.cost_nano).toBe(0n);
          }
        }
        expect(await openHolds()).toBe(0);
      },
    );
  });
});

describe("what an upstream says", () => {
  it("passes on only as the wording of a refused request, without keys and addresses", async () => {
    const response = await ask("bad-request", false);
    const error = (await response.json()).error;
    expect(error.message).toBe("Unsupported parameter: 'top_k' (key [removed], see [address])");
    expect(error.param).toBe("top_k");
    expect(world.upstream.asked("bad-request")).toBeGreaterThan(0);
  });

  it("becomes a named alert where it is the operator's to mend", async () => {
    await ask("status-401", false);
    const metrics = await fetch(world.baseUrl.replace("/v1", "/metrics"), {
      headers: { authorization: "Bearer metrics-token" },
    });
    const text = await metrics.text();
    for (const alert of [
      "upstream_key_refused",
      "upstream_no_credit",
      "upstream_forbidden",
      "upstream_model_unknown",
    ]) {
      expect(text).toContain(`tollgate_alerts_total{alert="${alert}"}`);
    }
  });
});

describe("fallback", () => {
  it("goes to the model's next route, and the row says so", async () => {
    // A model of its own: the breakers of the others have opened by now.
    await addScripted("fallback", { upstreamId: "status-500" });
    await pool().query(
      `INSERT INTO routes (id, model_id, connection_id, upstream_id, priority)
        SELECT $1, 'fallback', connection_id, 'ok', 1 FROM routes WHERE model_id = 'fallback'`,
      [newId("rou")],
    );
    await pool().query("SELECT pg_notify('tollgate_catalog', '')");
    await until(() => world.gateway.services.catalog.find("fallback")?.routes.length === 2);
    for (const stream of [false, true]) {
      const response = await ask("fallback", stream);
      expect([response.status, (await response.text()).includes("upstream")]).toEqual([200, true]);
      expect((await callRows(customer.workspaceId)).at(-1)).toMatchObject({
        outcome: "ok",
        fallbacks: 1,
        cost_nano: 20_000n,
      });
    }
  });

  it("does not leave this network for a private address that the connection may not reach", async () => {
    const ctx = { actor: { kind: "cli" as const }, workspaceId: "", requestId: newId("req") };
    const { id } = await addConnection(ctx, {
      name: "blocked",
      kind: "openai-compatible",
      url: "http://upstream.invalid/v1",
    });
    await pool().query("UPDATE connections SET base_url = $2 WHERE id = $1", [id, world.upstream.url]);
    await addScripted("reachable");
    await pool().query(
      "UPDATE routes SET connection_id = $1, upstream_id = 'ok' WHERE model_id = 'reachable'",
      [id],
    );
    await pool().query("SELECT pg_notify('tollgate_catalog', '')");
    await until(() => world.gateway.services.catalog.find("reachable")?.routes[0]?.connection.id === id);
    const before = world.upstream.seen.length;
    for (const url of [world.upstream.url, world.upstream.url.replace("127.0.0.1", "localhost")]) {
      await pool().query("UPDATE connections SET base_url = $2 WHERE id = $1", [id, url]);
      await world.gateway.services.catalog.refresh();
      const response = await ask("reachable", false);
      expect([url, response.status]).toEqual([url, 503]);
    }
    expect(world.upstream.seen.length).toBe(before);
  });
});
