import { afterAll, describe, expect, it } from "vitest";
import { writeAudit } from "@/lib/audit/write-audit";
import { account } from "@/lib/auth/account.fixture";
import { closeDb, db } from "@/lib/db";

afterAll(closeDb);

describe("the audit trail", () => {
  it("names who did what to what, with amounts as exact text", async () => {
    const { ctx, userId, workspaceId } = await account();
    await writeAudit(db(), ctx, {
      action: "test.change",
      target: workspaceId,
      before: { limitNano: 9_007_199_254_740_993n },
      after: { limitNano: null },
    });
    const row = await db().auditRow.findFirstOrThrow({ where: { target: workspaceId } });
    expect(row).toMatchObject({
      workspaceId,
      actor: `user:${userId}`,
      action: "test.change",
      before: { limitNano: "9007199254740993" },
      after: { limitNano: null },
      ip: ctx.ip,
      requestId: ctx.requestId,
    });
  });

  it("goes with its change: a transaction that fails leaves no row", async () => {
    const { ctx, workspaceId } = await account();
    const failing = db().$transaction(async (tx) => {
      await writeAudit(tx, ctx, { action: "test.undone", target: workspaceId });
      throw new Error("undone");
    });
    await expect(failing).rejects.toThrow("undone");
    expect(await db().auditRow.count({ where: { target: workspaceId, action: "test.undone" } })).toBe(0);
  });

  it("refuses change and removal", async () => {
    const { userId } = await account();
    const where = { target: userId };
    expect(await db().auditRow.count({ where })).toBeGreaterThan(0);
    await expect(db().auditRow.updateMany({ where, data: { action: "test.forged" } })).rejects.toThrow();
    await expect(db().auditRow.deleteMany({ where })).rejects.toThrow();
    await expect(db().$executeRaw`TRUNCATE audit_rows`).rejects.toThrow();
    expect(await db().auditRow.count({ where: { action: "test.forged" } })).toBe(0);
  });
});
