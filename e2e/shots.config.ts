import { defineConfig } from "@playwright/test";
import tests from "./playwright.config";

/** `npm run -s shots`: the same system and browser as the tests, but to look at. */
export default defineConfig({
  ...tests,
  testMatch: "shots.ts",
  outputDir: "../test-results/shots-run",
  reporter: [["list"]],
  timeout: 300_000,
  workers: 1,
});
