import { randomBytes } from "node:crypto";
import { chmodSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** What an installation needs to keep to itself, and how each is made. */
const MAKE = {
  NEXTAUTH_SECRET: () => randomBytes(32).toString("base64"),
  NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: () => randomBytes(32).toString("base64"),
  TOLLGATE_KEY_PEPPER: () => `v1:${randomBytes(32).toString("base64")}`,
  TOLLGATE_ENCRYPTION_KEY: () => `v1:${randomBytes(32).toString("base64")}`,
  STRIPE_WEBHOOK_SECRET: () => `whsec_${randomBytes(24).toString("hex")}`,
  superPassword: () => randomBytes(18).toString("hex"),
  ownerPassword: () => randomBytes(18).toString("hex"),
  appPassword: () => randomBytes(18).toString("hex"),
};

/** Those that are settings, and may be given in the environment instead. */
export const SECRET_SETTINGS = Object.keys(MAKE).filter((name) => name === name.toUpperCase());

function readSecrets(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    if (error.code === "ENOENT") return {};
    // Never made anew over a file that is there: lost keys make everything that they sealed unreadable.
    throw new Error(
      `${file} cannot be read (${error.message}). Restore it, or remove it to start with new secrets.`,
    );
  }
}

/**
 * The secrets of this installation: made once, then kept in the data folder, readable by us alone.
 * @param {string} dataDir
 * @returns {Record<keyof typeof MAKE, string>}
 */
export function loadSecrets(dataDir) {
  mkdirSync(dataDir, { recursive: true });
  const file = join(dataDir, "secrets.json");
  const found = readSecrets(file);
  const missing = Object.entries(MAKE).filter(([name]) => !found[name]);
  if (missing.length === 0) return found;
  const secrets = { ...found, ...Object.fromEntries(missing.map(([name, make]) => [name, make()])) };
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
  chmodSync(draft, 0o600);
  renameSync(draft, file);
  return secrets;
}
