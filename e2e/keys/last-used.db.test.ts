import pg from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { closeDb, db, pool } from "@/lib/db";
import { LastUsed } from "@/lib/gateway/last-used";
import { createKey } from "@/lib/keys/create-key";
import { makeCtx } from "@/lib/keys/test-workspace";

let owner: pg.Client;
beforeAll(async () => {
  owner = new pg.Client({ connectionString: process.env.DATABASE_ADMIN_URL });
  await owner.connect();
  // Counts every write of a key's last use, whoever makes it.
  await owner.query(`
    CREATE TABLE last_use_writes (key_id text, at timestamptz DEFAULT clock_timestamp());
    CREATE FUNCTION count_last_use() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
      BEGIN INSERT INTO last_use_writes (key_id) VALUES (NEW.id); RETURN NEW; END $$;
    CREATE TRIGGER count_last_use AFTER UPDATE OF last_used_at ON keys FOR EACH ROW EXECUTE FUNCTION count_last_use();`);
});
afterAll(async () => {
  await owner.end();
  await closeDb();
});

async function writes(keyId: string): Promise<number> {
  const { rows } = await owner.query("SELECT count(*)::int AS n FROM last_use_writes WHERE key_id = $1", [
    keyId,
  ]);
  return rows[0].n;
}

it("a key's last use is written at most once a minute, by however many processes", async () => {
  const { key } = await createKey(await makeCtx(), { name: "k" });
  const processes = [new LastUsed(pool()), new LastUsed(pool()), new LastUsed(pool())];
  const beganMs = Date.now();
  // A hundred calls in each process, written out again and again within the minute.
  for (let second = 0; second < 5; second++) {
    for (const one of processes) {
      for (let call = 0; call < 100; call++) one.touch(key.id, "test", beganMs + second * 11_000);
    }
    await Promise.all(processes.map((one) => one.stop()));
  }
  expect(await writes(key.id)).toBe(1);
  expect((await db().key.findUniqueOrThrow({ where: { id: key.id } })).lastClient).toBe("test");

  // The next minute, for the processes and for the database.
  await owner.query("ALTER TABLE keys DISABLE TRIGGER count_last_use");
  await owner.query("UPDATE keys SET last_used_at = last_used_at - interval '61 seconds' WHERE id = $1", [
    key.id,
  ]);
  await owner.query("ALTER TABLE keys ENABLE TRIGGER count_last_use");
  for (const one of processes) one.touch(key.id, "later", beganMs + 61_000);
  await Promise.all(processes.map((one) => one.stop()));
  expect(await writes(key.id)).toBe(2);
  expect((await db().key.findUniqueOrThrow({ where: { id: key.id } })).lastClient).toBe("later");
});
