/**
 * `npm start`: sets up what is missing, then brings everything up and keeps it up. Until the dependencies are there,
 * this file and what it imports statically use nothing but Node itself.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { ensureBuilt } from "./build.mjs";
import { ensureDependencies } from "./install.mjs";
import { ROOT } from "./root.mjs";

const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Tollgate needs Node 20.19 or newer; this is ${process.version}.`);
  process.exit(1);
}

const startedMs = Date.now();
const say = (text) => console.log(text);

async function start() {
  if (existsSync(join(ROOT, ".env"))) process.loadEnvFile(join(ROOT, ".env"));
  await ensureDependencies(say);
  await ensureBuilt(say, ["client", "bundles"]);
  const { supervise, checkStart } = await import(pathToFileURL(join(ROOT, ".build/supervise.mjs")).href);
  // A start that would be refused is refused before the long build.
  checkStart(process.env);
  await ensureBuilt(say, ["next"]);
  return supervise({ env: process.env, startedMs, say });
}

start().then(
  (code) => process.exit(code),
  (error) => {
    // What is meant for people is a plain Error or a refusal; anything else is a fault of ours and shows where.
    const forPeople = error.constructor === Error || error.name === "StartRefused";
    console.error(`\n${forPeople ? error.message : error.stack}`);
    process.exit(1);
  },
);
