import { existsSync } from "node:fs";
import { defineConfig, devices } from "@playwright/test";
import { freePort } from "../lib/run/free-port.mjs";

// Chosen once, in the main process; workers read this file again and inherit the environment.
process.env.TOLLGATE_TEST_PORT ??= String(await freePort());
process.env.TOLLGATE_TEST_GATEWAY_PORT ??= String(await freePort());
process.env.TOLLGATE_TEST_APP_URL = `http://localhost:${process.env.TOLLGATE_TEST_PORT}`;
process.env.TOLLGATE_TEST_API_URL = `http://localhost:${process.env.TOLLGATE_TEST_GATEWAY_PORT}`;

const SYSTEM_CHROMIUM = process.env.TOLLGATE_CHROMIUM ?? "/usr/bin/chromium";

/** Browser journeys. The system's Chromium where there is one, else the one that Playwright downloads. */
export default defineConfig({
  testDir: ".",
  testMatch: "**/*.spec.ts",
  outputDir: "../test-results",
  globalSetup: "./harness/browser-system.ts",
  workers: 2,
  fullyParallel: true,
  forbidOnly: Boolean(process.env.CI),
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [["list"], ["json", { outputFile: "../test-results/counts/playwright.json" }]],
  use: {
    ...devices["Desktop Chrome"],
    baseURL: process.env.TOLLGATE_TEST_APP_URL,
    trace: "retain-on-failure",
    launchOptions: {
      ...(existsSync(SYSTEM_CHROMIUM) ? { executablePath: SYSTEM_CHROMIUM } : {}),
      args: [
        "--no-sandbox",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
});
