#!/usr/bin/env node
/**
 * `npm run -s prisma -- migrate dev --name what_changes`: the Prisma CLI on our configuration, without its binary
 * download, on DATABASE_ADMIN_URL or DATABASE_URL, else on a Postgres of its own that ends with the command.
 */
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openCluster } from "./postgres/cluster.mjs";
import { withClient } from "./postgres/database.mjs";
import { runPrisma } from "./prisma-cli.mjs";

const args = process.argv.slice(2);
const given = process.env.DATABASE_ADMIN_URL || process.env.DATABASE_URL;

async function onThrowaway(work) {
  const folder = mkdtempSync(join(tmpdir(), "tollgate-prisma-"));
  chmodSync(folder, 0o755);
  const data = join(folder, "postgres");
  const options = { folder: data, password: "throwaway", logFile: join(folder, "log"), throwaway: true };
  const cluster = await openCluster(options);
  try {
    return await work(cluster.superUrl());
  } finally {
    await cluster.stop("immediate");
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Prisma's reset empties the schema `public` only; ours has two more. */
async function dropOtherSchemas(url) {
  await withClient(url, (client) =>
    client.query("DROP SCHEMA IF EXISTS ledger CASCADE; DROP SCHEMA IF EXISTS usage CASCADE"),
  );
}

async function run(url) {
  if (url && args[0] === "migrate" && args[1] === "reset" && args.includes("--force"))
    await dropOtherSchemas(url);
  const env = url ? { DATABASE_ADMIN_URL: url } : {};
  return (await runPrisma(args, { env, show: true })).code;
}

const needsDatabase = ["migrate", "db"].includes(args[0] ?? "");
process.exitCode = needsDatabase && !given ? await onThrowaway(run) : await run(given);
