/**
 * `npm run check`, `npm test`, `npm run soak`, `npm run bench` and `npm run conformance`: sets up what is missing, runs the
 * runners one after the other and ends with one line that counts them all. Node built-ins only until the dependencies are there.
 */
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { ensureBuilt } from "../../lib/run/build.mjs";
import { ensureDependencies } from "../../lib/run/install.mjs";
import { step } from "../../lib/run/progress.mjs";
import { ROOT } from "../../lib/run/root.mjs";

const say = (text) => console.log(text);
const RESULTS = join(ROOT, "test-results/counts");
const SYSTEM_CHROMIUM = process.env.TOLLGATE_CHROMIUM ?? "/usr/bin/chromium";

/** Settings of the shell would change what is tested. */
function cleanEnvironment() {
  const ours =
    /^(DATABASE_|STRIPE_|SMTP_|NEXTAUTH|NEXT_SERVER|PUBLIC_|GATEWAY_|PORT$|MAIL_|NODE_ENV$|TOLLGATE_(?!SCALE|CHROMIUM))/;
  const kept = Object.entries(process.env).filter(([name]) => !ours.test(name));
  return { ...Object.fromEntries(kept), NEXT_TELEMETRY_DISABLED: "1" };
}

function run(command, args, { env = {}, quiet = false } = {}) {
  return new Promise((resolve) => {
    const stdio = quiet ? ["ignore", "pipe", "pipe"] : ["ignore", "inherit", "inherit"];
    const child = spawn(command, args, { cwd: ROOT, env: { ...cleanEnvironment(), ...env }, stdio });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on("data", (chunk) => {
        output += chunk;
      });
    }
    child.on("error", (error) => resolve({ code: 127, output: error.message }));
    child.on("close", (code) => resolve({ code: code ?? 1, output }));
  });
}

const tool = (path, ...args) => run(process.execPath, [join(ROOT, "node_modules", path), ...args]);

/** A check without cases of its own counts as one. */
async function single(name, path, ...args) {
  say(`\n== ${name}`);
  const { code } = await tool(path, ...args);
  say(code === 0 ? `${name}: ok` : `${name}: failed`);
  return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 };
}

function readResults(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
}

async function vitest(project, ...args) {
  say(`\n== ${project} tests`);
  const file = join(RESULTS, `${project}.json`);
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${file}`];
  const { code } = await tool(
    "vitest/vitest.mjs",
    "run",
    "--project",
    project,
    "--passWithNoTests",
    ...reporters,
    ...args,
  );
  const results = readResults(file);
  const failed = results?.numFailedTests ?? 0;
  // A file that cannot be loaded has no tests to fail.
  const unseen = code !== 0 && failed === 0 ? Math.max(1, results?.numFailedTestSuites ?? 1) : 0;
  const skipped = (results?.numPendingTests ?? 0) + (results?.numTodoTests ?? 0);
  return { passed: results?.numPassedTests ?? 0, failed: failed + unseen, skipped };
}

async function ensureBrowser() {
  if (existsSync(SYSTEM_CHROMIUM)) return;
  const playwright = join(ROOT, "node_modules/@playwright/test/cli.js");
  const { code } = await step(say, "Installing a browser", () =>
    run(process.execPath, [playwright, "install", "chromium"], { quiet: true }),
  );
  if (code === 0 || process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) return;
  await step(say, "Installing Chromium with apt-get", async () => {
    await run("apt-get", ["update", "-qq"], { quiet: true });
    return run("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "chromium"], { quiet: true });
  });
}

async function browser() {
  say("\n== browser tests");
  await ensureBrowser();
  const { code } = await tool("@playwright/test/cli.js", "test", "-c", "e2e/playwright.config.ts");
  const stats = readResults(join(RESULTS, "playwright.json"))?.stats;
  if (!stats) return { passed: 0, failed: 1, skipped: 0 };
  const failed = stats.unexpected || (code === 0 ? 0 : 1);
  return { passed: stats.expected + stats.flaky, failed, skipped: stats.skipped };
}

/** Types of routes and of images come from Next; a fresh clone has none yet. */
async function ensureRouteTypes() {
  if (existsSync(join(ROOT, "next-env.d.ts"))) return;
  await run(process.execPath, [join(ROOT, "node_modules/next/dist/bin/next"), "typegen"], { quiet: true });
}

const CHECKS = [
  () => single("types", "typescript/bin/tsc", "--noEmit"),
  () => single("lint", "@biomejs/biome/bin/biome", "check", "--error-on-warnings", "."),
  () => vitest("unit"),
];
const PLANS = {
  check: CHECKS,
  test: [...CHECKS, () => vitest("db"), () => vitest("system"), browser],
  soak: [() => vitest("db"), () => vitest("system")],
  bench: [() => vitest("bench", "--disable-console-intercept")],
  conformance: [() => vitest("conformance", "--disable-console-intercept")],
};

/** What has to be built first, where it is not everything. */
const NEEDED = { check: ["client"], bench: ["client", "bundles"] };

async function main() {
  const plan = process.argv[2] ?? "check";
  if (plan === "soak") process.env.TOLLGATE_SCALE = "full";
  const startedMs = Date.now();
  await ensureDependencies(say);
  await ensureBuilt(say, NEEDED[plan] ?? ["client", "bundles", "next"]);
  await step(say, "Generating the types of routes", ensureRouteTypes);
  rmSync(RESULTS, { recursive: true, force: true });
  mkdirSync(RESULTS, { recursive: true });
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const part of PLANS[plan]) {
    const counts = await part();
    for (const name of Object.keys(total)) total[name] += counts[name];
  }
  say(`\n${((Date.now() - startedMs) / 1_000).toFixed(0)} s`);
  say(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
  process.exitCode = total.failed === 0 && total.passed > 0 ? 0 : 1;
}

main().catch((error) => {
  console.error(error.message);
  console.log("0 passed, 1 failed, 0 skipped");
  process.exitCode = 1;
});
