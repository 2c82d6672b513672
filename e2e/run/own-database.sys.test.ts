import { afterAll, beforeAll, expect, it } from "vitest";
import { startTestServer, type TestServer, urlsOf } from "@/e2e/harness/database-server";
import { startSystem } from "@/e2e/harness/system";
import { withClient } from "@/lib/run/postgres/database.mjs";

let server: TestServer;
let stop: () => Promise<void>;

beforeAll(async () => {
  ({ server, stop } = await startTestServer());
  await withClient(server.superUrl, (client) => client.query("CREATE DATABASE own OWNER tollgate_owner"));
});
afterAll(() => stop());

it("runs on a Postgres of your own, with a role that cannot change the past", async () => {
  const { url, adminUrl } = urlsOf(server, "own");
  const system = await startSystem({ env: { DATABASE_URL: url, DATABASE_ADMIN_URL: adminUrl } });
  try {
    expect(system.log).not.toContain("embedded Postgres");
    expect((await fetch(`${system.apiUrl}/readyz`)).status).toBe(200);
    const drift = await system.cli("ledger", "check");
    expect(drift).toMatchObject({ code: 0 });
    await withClient(url, async (client) => {
      await expect(client.query("TRUNCATE ledger.entries")).rejects.toThrow(/permission denied|append-only/);
      await expect(client.query("CREATE TABLE mine (id int)")).rejects.toThrow(/permission denied/);
    });
  } finally {
    await system.stop();
  }
});

it("says which setting is wrong when the database cannot be used, and not the password", async () => {
  const wrong = urlsOf({ ...server, appPassword: "not-the-password" }, "own").url;
  const started = startSystem({ env: { DATABASE_URL: wrong } });
  const error = await started.then(
    () => new Error("it started"),
    (reason: Error) => reason,
  );
  expect(error.message).toContain("DATABASE_URL");
  expect(error.message).not.toContain("not-the-password");
});
