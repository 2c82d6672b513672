import { afterAll, expect, it } from "vitest";
import { closeDb, db } from "@/lib/db";
import { createKey } from "@/lib/keys/create-key";
import { STATUS_IS_SQL, STATUS_SQL } from "@/lib/keys/key-query";
import { pauseKey } from "@/lib/keys/pause-key";
import { revokeKey } from "@/lib/keys/revoke-key";
import { rotateKey } from "@/lib/keys/rotate-key";
import { makeCtx } from "@/lib/keys/test-workspace";
import { KEY_STATUSES } from "@/lib/keys/types";

afterAll(closeDb);

it("whether a key has a status is the same as its status, whatever was done to it", async () => {
  const ctx = await makeCtx();
  // Every combination of rotated, paused, expired and revoked.
  for (let bits = 0; bits < 16; bits++) {
    const { key } = await createKey(ctx, { name: `k${bits}` });
    if (bits & 1) await rotateKey(ctx, { keyId: key.id, overlapSeconds: 3_600 });
    if (bits & 2) await pauseKey(ctx, { keyId: key.id });
    const expiresAt = new Date(Date.now() + (bits & 4 ? -1_000 : 3_600_000));
    if (bits !== 0) await db().key.update({ where: { id: key.id }, data: { expiresAt } });
    if (bits & 8) await revokeKey(ctx, { keyId: key.id });
  }
  const rows = await db().$queryRaw<{ id: string; status: string }[]>`
    SELECT k.id, ${STATUS_SQL} AS status FROM keys k WHERE k.workspace_id = ${ctx.workspaceId}`;
  expect(rows).toHaveLength(16);
  for (const status of KEY_STATUSES) {
    const found = await db().$queryRaw<{ id: string }[]>`
      SELECT k.id FROM keys k WHERE k.workspace_id = ${ctx.workspaceId} AND ${STATUS_IS_SQL[status]}`;
    const expected = rows.filter((row) => row.status === status).map(({ id }) => id);
    expect(expected.length, status).toBeGreaterThan(0);
    expect(found.map(({ id }) => id).toSorted()).toEqual(expected.toSorted());
  }
});
