import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const alias = { "@": fileURLToPath(new URL(".", import.meta.url)).replace(/\/$/, "") };

/** Tests without anything, with a database each, against the whole running product; and what is measured on it. */
export default defineConfig({
  resolve: { alias },
  test: {
    pool: "forks",
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: ["{lib,components,app}/**/*.test.{ts,tsx}", "e2e/architecture.test.ts"],
          exclude: ["**/*.db.test.ts", "**/*.sys.test.ts"],
          env: { LOG_LEVEL: process.env.LOG_LEVEL ?? "fatal" },
        },
      },
      {
        extends: true,
        test: {
          name: "db",
          include: ["{lib,app,e2e}/**/*.db.test.ts"],
          globalSetup: ["e2e/harness/database-server.ts"],
          setupFiles: ["e2e/harness/own-database.ts"],
          testTimeout: 30_000,
          hookTimeout: 30_000,
        },
      },
      {
        extends: true,
        test: {
          name: "system",
          include: ["e2e/**/*.sys.test.ts"],
          testTimeout: 120_000,
          hookTimeout: 180_000,
          fileParallelism: false,
        },
      },
      {
        extends: true,
        test: {
          name: "conformance",
          include: ["e2e/conformance/**/*.conf.ts"],
          testTimeout: 300_000,
          hookTimeout: 600_000,
          fileParallelism: false,
        },
      },
      {
        extends: true,
        test: {
          name: "bench",
          include: ["e2e/bench/**/*.bench.ts"],
          testTimeout: 600_000,
          hookTimeout: 300_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
