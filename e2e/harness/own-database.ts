import { randomBytes } from "node:crypto";
import { afterAll, inject } from "vitest";
import { urlsOf } from "@/e2e/harness/database-server";
import { OWNER, withClient } from "@/lib/run/postgres/database.mjs";

/**
 * Runs before each test file of the project `db` is imported: a fresh copy of the migrated database, named in
 * DATABASE_URL (the processes' role) and DATABASE_ADMIN_URL (the owner), and every secret that a verb may need.
 */
const server = inject("testServer");
const database = `test_${randomBytes(6).toString("hex")}`;
await withClient(server.superUrl, (client) =>
  client.query(`CREATE DATABASE ${database} TEMPLATE ${server.template} OWNER ${OWNER}`),
);
const { url, adminUrl } = urlsOf(server, database);
const superUrl = new URL(server.superUrl);
superUrl.pathname = `/${database}`;

const secret = () => randomBytes(32).toString("base64");
Object.assign(process.env, {
  DATABASE_URL: url,
  DATABASE_ADMIN_URL: adminUrl,
  // Only for tests that must step around every defence.
  TOLLGATE_TEST_SUPER_URL: superUrl.toString(),
  TOLLGATE_ENV: "local",
  TOLLGATE_KEY_PEPPER: `v1:${secret()}`,
  TOLLGATE_ENCRYPTION_KEY: `v1:${secret()}`,
  NEXTAUTH_SECRET: secret(),
  STRIPE_WEBHOOK_SECRET: `whsec_${randomBytes(16).toString("hex")}`,
  STRIPE_SECRET_KEY: "sk_test_tests",
  LOG_LEVEL: process.env.LOG_LEVEL ?? "fatal",
});

afterAll(async () => {
  await withClient(server.superUrl, (client) => client.query(`DROP DATABASE ${database} WITH (FORCE)`));
});
