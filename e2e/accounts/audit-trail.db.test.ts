import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { account } from "@/lib/auth/account.fixture";
import { closeDb, db } from "@/lib/db";

const TAMPER = [
  "UPDATE audit_rows SET action = 'forged'",
  "DELETE FROM audit_rows",
  "TRUNCATE audit_rows",
  "TRUNCATE audit_rows CASCADE",
];

beforeAll(async () => {
  await account();
});
afterAll(closeDb);

describe("the audit trail", () => {
  it.each(["DATABASE_URL", "DATABASE_ADMIN_URL", "TOLLGATE_TEST_SUPER_URL"])(
    "cannot be changed or emptied by whoever connects with %s",
    async (name) => {
      const client = new pg.Client({ connectionString: process.env[name] });
      await client.connect();
      try {
        const before = await db().auditRow.findMany({ orderBy: { id: "asc" } });
        expect(before.length).toBeGreaterThan(0);
        for (const sql of TAMPER) await expect(client.query(sql)).rejects.toThrow();
        expect(await db().auditRow.findMany({ orderBy: { id: "asc" } })).toEqual(before);
      } finally {
        await client.end();
      }
    },
  );
});
