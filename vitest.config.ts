import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const alias = { "@": fileURLToPath(new URL(".", import.meta.url)).replace(/\/$/, "") };

/** Three kinds of tests: without anything, with a database each, and against the whole running product. */
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
    ],
  },
});
