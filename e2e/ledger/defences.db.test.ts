import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fixedCall, grant, makeWorld, usageOf, wallet } from "@/e2e/ledger/world";
import { closeDb, db, pool } from "@/lib/db";
import { newId } from "@/lib/ids";
import { checkLedger } from "@/lib/ledger/check-ledger";
import { closeHotPool } from "@/lib/ledger/hot-pool";
import { reserve } from "@/lib/ledger/reserve";
import { settle } from "@/lib/ledger/settle";

/** Each defence alone: the test takes the others away, or goes around them, and fails without the one it names. */
let admin: pg.Client;

beforeAll(async () => {
  admin = new pg.Client(process.env.DATABASE_ADMIN_URL ?? process.env.DATABASE_URL);
  await admin.connect();
});

afterAll(async () => {
  await admin.end();
  await closeHotPool();
  await closeDb();
});

const refusedWith = (code: string) => expect.objectContaining({ code });

describe("the guard in the function", () => {
  test("admits exactly what fits, with the CHECK taken away", async () => {
    await admin.query("ALTER TABLE wallets DROP CONSTRAINT wallets_available");
    try {
      const world = await makeWorld();
      await grant(world, 10_000n);
      const results = await Promise.all(Array.from({ length: 128 }, () => reserve(fixedCall(world, 1_000n))));
      expect(results.filter((r) => r.admitted)).toHaveLength(10);
      expect(await wallet(world)).toMatchObject({ balance: 10_000n, reserved: 10_000n });
    } finally {
      await admin.query(
        "ALTER TABLE wallets ADD CONSTRAINT wallets_available CHECK (balance_nano - reserved_nano >= 0)",
      );
    }
  });

  test("charges at most the hold and what is available, with the CHECK taken away", async () => {
    await admin.query("ALTER TABLE wallets DROP CONSTRAINT wallets_available");
    try {
      const world = await makeWorld();
      await grant(world, 100n);
      const call = fixedCall(world, 100n);
      await reserve(call);
      await settle({
        holdId: call.holdId,
        workspaceId: world.workspaceId,
        costNano: 5_000n,
        usage: usageOf(world),
      });
      expect(await wallet(world)).toMatchObject({ balance: 0n, reserved: 0n });
    } finally {
      await admin.query(
        "ALTER TABLE wallets ADD CONSTRAINT wallets_available CHECK (balance_nano - reserved_nano >= 0)",
      );
    }
  });
});

describe("the CHECKs", () => {
  test.each([
    [
      "reserved beyond the balance",
      "UPDATE wallets SET reserved_nano = balance_nano + 1 WHERE workspace_id = $1",
    ],
    ["a negative balance", "UPDATE wallets SET balance_nano = -1 WHERE workspace_id = $1"],
    ["a negative reserve", "UPDATE wallets SET reserved_nano = -1 WHERE workspace_id = $1"],
    ["a negative debt", "UPDATE wallets SET debt_nano = -1 WHERE workspace_id = $1"],
    [
      "a lot with more left than it had",
      "UPDATE lots SET left_nano = amount_nano + 1 WHERE workspace_id = $1",
    ],
    ["a lot below nothing", "UPDATE lots SET left_nano = -1 WHERE workspace_id = $1"],
  ])("refuse %s, whoever asks", async (_, sql) => {
    const world = await makeWorld();
    await grant(world, 1_000n);
    await expect(admin.query(sql, [world.workspaceId])).rejects.toEqual(refusedWith("23514"));
  });

  test("refuse a key's meter below nothing", async () => {
    const world = await makeWorld();
    await expect(
      admin.query("UPDATE key_meters SET in_flight = -1 WHERE key_id = $1", [world.keyId]),
    ).rejects.toEqual(refusedWith("23514"));
  });
});

describe("the unique keys", () => {
  test("one business fact is one transaction, even written around the function", async () => {
    const world = await makeWorld();
    const key = `stripe:pi_${newId("led")}`;
    await grant(world, 1_000n, { key });
    const sql =
      "INSERT INTO ledger_transactions (key, kind, workspace_id, actor) VALUES ($1, 'grant:purchase', $2, 'cli')";
    await expect(pool().query(sql, [key, world.workspaceId])).rejects.toEqual(refusedWith("23505"));
  });

  test("the same fact granted 50 times at once is one credit", async () => {
    const world = await makeWorld();
    const key = `stripe:pi_${newId("led")}`;
    const results = await Promise.all(Array.from({ length: 50 }, () => grant(world, 1_000n, { key })));
    expect(results.filter((r) => r.granted)).toHaveLength(1);
    expect((await wallet(world)).balance).toBe(1_000n);
  });

  test("the same fact in two workspaces is refused, not credited twice", async () => {
    const [one, two] = [await makeWorld(), await makeWorld()];
    const key = `stripe:pi_${newId("led")}`;
    await grant(one, 1_000n, { key });
    const again = await grant(two, 1_000n, { key });
    expect(again.granted).toBe(false);
    expect((await wallet(two)).balance).toBe(0n);
  });

  test("one call is one hold", async () => {
    const world = await makeWorld();
    await grant(world, 1_000n);
    const call = fixedCall(world, 10n);
    const twice = await Promise.all([reserve(call), reserve(call), reserve(call)]);
    expect(twice.every((r) => r.admitted)).toBe(true);
    expect((await wallet(world)).reserved).toBe(10n);
    const sql =
      "INSERT INTO holds (id, workspace_id, key_id, instance_id, amount_nano) VALUES ($1, $2, $3, 'gw', 1)";
    await expect(pool().query(sql, [call.holdId, world.workspaceId, world.keyId])).rejects.toEqual(
      refusedWith("23505"),
    );
  });
});

describe("the triggers", () => {
  test.each([
    ["update", "UPDATE ledger.entries SET amount_nano = amount_nano + 1"],
    ["delete", "DELETE FROM ledger.entries"],
    ["truncate", "TRUNCATE ledger.entries"],
    ["update of a transaction", "UPDATE ledger_transactions SET reason = 'x'"],
    ["delete of a transaction", "DELETE FROM ledger_transactions"],
    ["truncate of transactions", "TRUNCATE ledger_transactions"],
  ])("refuse %s, even to the owner of the tables", async (_, sql) => {
    await grant(await makeWorld(), 1_000n);
    await expect(admin.query(sql)).rejects.toEqual(refusedWith("42501"));
  });

  test("refuse change of a partition addressed by its own name", async () => {
    await grant(await makeWorld(), 1_000n);
    const { rows } = await admin.query<{ name: string }>(
      "SELECT tableoid::regclass::text AS name FROM ledger.entries LIMIT 1",
    );
    const name = rows[0]?.name ?? "";
    expect(name).toMatch(/^ledger\.entries_/);
    await expect(admin.query(`UPDATE ${name} SET amount_nano = 1`)).rejects.toEqual(refusedWith("42501"));
    await expect(admin.query(`DELETE FROM ${name}`)).rejects.toEqual(refusedWith("42501"));
    await expect(admin.query(`TRUNCATE ${name}`)).rejects.toEqual(refusedWith("42501"));
  });

  test("refuse entries that do not sum to zero", async () => {
    const world = await makeWorld();
    const sql = `INSERT INTO ledger.entries (transaction_id, account_id, amount_nano)
      SELECT 1, wallet_account_id, 5 FROM wallets WHERE workspace_id = $1`;
    await expect(admin.query(sql, [world.workspaceId])).rejects.toEqual(refusedWith("23514"));
  });
});

describe("the role of the running product", () => {
  test("may not change the past, with the triggers taken away", async () => {
    const { rows } = await pool().query<{ role: string }>("SELECT current_user AS role");
    const role = rows[0]?.role ?? "";
    const superuser = new pg.Client(process.env.TOLLGATE_TEST_SUPER_URL);
    await superuser.connect();
    await superuser.query("BEGIN");
    try {
      for (const table of ["ledger.entries", "ledger_transactions", "audit_rows"]) {
        await superuser.query(`ALTER TABLE ${table} DISABLE TRIGGER USER`);
      }
      await superuser.query(`SET LOCAL ROLE ${role}`);
      for (const sql of [
        "UPDATE ledger.entries SET amount_nano = 1",
        "DELETE FROM ledger.entries",
        "DELETE FROM ledger_transactions",
        "UPDATE audit_rows SET actor = 'x'",
        "CREATE TABLE public.mine (a int)",
      ]) {
        await superuser.query("SAVEPOINT here");
        await expect(superuser.query(sql)).rejects.toEqual(refusedWith("42501"));
        await superuser.query("ROLLBACK TO SAVEPOINT here");
      }
      await superuser.query("SELECT count(*) FROM ledger.entries");
    } finally {
      await superuser.query("ROLLBACK");
      await superuser.end();
    }
  });
});

test("the check itself sees drift: a wallet moved by hand is reported", async () => {
  const world = await makeWorld();
  await grant(world, 1_000n);
  expect(await checkLedger()).toEqual([]);
  await db().wallet.update({ where: { workspaceId: world.workspaceId }, data: { balanceNano: 1_001n } });
  const drift = await checkLedger();
  expect(drift.map((d) => d.what)).toEqual([
    "wallet balance equals its entries",
    "wallet balance equals what is left of its lots",
  ]);
  await db().wallet.update({ where: { workspaceId: world.workspaceId }, data: { balanceNano: 1_000n } });
});
