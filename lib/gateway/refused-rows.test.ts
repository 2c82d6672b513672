import { beforeEach, describe, expect, it } from "vitest";
import type { Call } from "@/lib/gateway/call";
import { GatewayError } from "@/lib/gateway/gateway-error";
import { aModel } from "@/lib/gateway/routing/test-route";
import type { RefusedCall } from "@/lib/usage/types";
import { RefusedRows } from "./refused-rows";

let rows: RefusedCall[];
let refused: RefusedRows;
const known = aModel("known");

function aCall(keyId: string | null, arrivedAt: number): Call {
  return {
    services: {
      catalog: { find: (id: string) => (id === "known" ? known : undefined) },
      ledger: { recordRefused: async (row: RefusedCall) => rows.push(row) },
    },
    key: keyId === null ? null : { keyId, workspaceId: "ws_1" },
    requestId: "req_1",
    arrivedAt,
    startMs: 0,
    dialect: "responses",
    client: "test",
    requestBytes: 7,
    askedModel: null,
    elapsedMs: () => 3,
  } as unknown as Call;
}
const MINUTE = 60_000;
const error = new GatewayError("model_not_found");

beforeEach(() => {
  rows = [];
  refused = new RefusedRows();
});

describe("rows of refused calls", () => {
  it("are sixty a minute and key, whatever they were refused for", () => {
    for (let i = 0; i < 40; i++) refused.recordUnread(aCall("a", MINUTE), `no-${i}`, error);
    for (let i = 0; i < 40; i++) refused.record(aCall("a", MINUTE + i), known, false, error);
    expect(rows.length).toBe(60);
    refused.recordUnread(aCall("b", MINUTE), "x", error);
    expect(rows.length).toBe(61);
    refused.recordUnread(aCall("a", 2 * MINUTE), "x", error);
    expect(rows.length).toBe(62);
  });

  it("are none for whoever has no key", () => {
    refused.recordUnread(aCall(null, MINUTE), "x", error);
    expect(rows).toEqual([]);
  });

  it("name an unknown model in one way for sums, and as it was asked for on the row", () => {
    refused.recordUnread(aCall("a", MINUTE), "gpt-9\u0000\ud800", error);
    refused.recordUnread(aCall("a", MINUTE), "y".repeat(9_000), error);
    refused.recordUnread(aCall("a", MINUTE), null, new GatewayError("invalid_request_error"));
    refused.recordUnread(aCall("a", MINUTE), "known", new GatewayError("model_not_allowed"));
    expect(rows.map(({ modelId, askedModel, httpStatus }) => [modelId, askedModel, httpStatus])).toEqual([
      ["(unknown)", "gpt-9\ufffd\ufffd", 404],
      ["(unknown)", "y".repeat(200), 404],
      ["(unknown)", null, 400],
      ["known", null, 403],
    ]);
    expect(rows[0]).toMatchObject({
      requestId: "req_1",
      workspaceId: "ws_1",
      keyId: "a",
      dialect: "responses",
      client: "test",
      outcome: "refused",
      errorCode: "model_not_found",
      requestBytes: 7,
      totalMs: 3,
      startedAt: "1970-01-01T00:01:00.000Z",
    });
  });
});
