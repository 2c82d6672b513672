import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { parseKey } from "@/lib/keys/token";

/** Every way in which a secret might be written down: as it is, in hexadecimal, or in base64 at any offset. */
export function spellings(secret: string): Buffer[] {
  const bytes = Buffer.from(secret);
  const whole = [bytes, Buffer.from(bytes.toString("hex")), Buffer.from(bytes.toString("hex").toUpperCase())];
  // Base64 of the middle, which is the same whatever stands before or after, once for each alignment.
  const aligned = [0, 1, 2].map((skip) =>
    Buffer.from(bytes.subarray(3 + skip, 3 + skip + 30).toString("base64")),
  );
  return [...whole, ...aligned];
}

/** Every table of the database as text, bytes as hexadecimal. */
export async function dumpDatabase(url: string): Promise<{ table: string; text: string }[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows: tables } = await client.query<{ name: string }>(
      `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
        WHERE schemaname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1`,
    );
    const dumped = [];
    for (const { name } of tables) {
      const { rows } = await client.query<{ line: string }>(`SELECT t::text AS line FROM ${name} t`);
      dumped.push({ table: name, text: rows.map(({ line }) => line).join("\n") });
    }
    return dumped;
  } finally {
    await client.end();
  }
}

/** Files below a folder with what is in them. One that goes away meanwhile holds nothing any more. */
export function* filesBelow(folder: string): Generator<{ path: string; bytes: Buffer }> {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    let bytes: Buffer;
    try {
      bytes = readFileSync(path);
    } catch {
      continue;
    }
    yield { path, bytes };
  }
}

/** Every well-formed key in some bytes, whoever made it. */
export function keysIn(bytes: Buffer): string[] {
  const found = bytes.toString("latin1").match(/(?:sk|mk)-tg-[0-9A-Za-z]{49}/g) ?? [];
  return found.filter((text) => parseKey(text) !== null);
}
