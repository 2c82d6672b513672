import { afterAll, expect, it } from "vitest";
import { insertCalls } from "@/e2e/usage/insert-calls";
import { closeDb } from "@/lib/db";
import { createKey } from "@/lib/keys/create-key";
import { listKeyClients } from "@/lib/keys/list-key-clients";
import { makeCtx, refusal } from "@/lib/keys/test-workspace";

afterAll(closeDb);

it("names the programs that called with a key, for its own workspace alone", async () => {
  const ctx = await makeCtx();
  const { key } = await createKey(ctx, { name: "used" });
  const { key: other } = await createKey(ctx, { name: "other" });
  const at = new Date("2030-05-10T12:07:00Z");
  const call = { workspaceId: ctx.workspaceId, keyId: key.id, at, costNano: 5n };
  await insertCalls([
    { ...call, client: "lobechat" },
    { ...call, client: "lobechat", at: new Date("2030-05-10T13:01:00Z") },
    { ...call, client: "cursor" },
    { ...call, client: "curl", at: new Date("2030-04-01T00:00:00Z") },
    { ...call, client: "cline", keyId: other.id },
  ]);
  const since = new Date("2030-05-01T00:00:00Z");
  expect(await listKeyClients(ctx, { keyId: key.id, since })).toEqual([
    { client: "lobechat", calls: 2n, costNano: 10n, lastAt: new Date("2030-05-10T13:00:00Z") },
    { client: "cursor", calls: 1n, costNano: 5n, lastAt: new Date("2030-05-10T12:00:00Z") },
  ]);
  const stranger = await makeCtx();
  expect(await refusal(listKeyClients(stranger, { keyId: key.id, since }))).toBe("not_found notFound");
  expect(await refusal(listKeyClients(ctx, { keyId: "key_\0", since }))).toBe("not_found notFound");
});
