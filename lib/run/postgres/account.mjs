import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";

/** @typedef {{ name: string, uid: number, gid: number }} Account */

/** @returns {Account | undefined} */
function findAccount(name) {
  const line = readFileSync("/etc/passwd", "utf8")
    .split("\n")
    .find((entry) => entry.startsWith(`${name}:`));
  if (!line) return undefined;
  const [, , uid, gid] = line.split(":");
  return { name, uid: Number(uid), gid: Number(gid) };
}

const CREATE = [
  ["useradd", "--system", "--user-group", "--no-create-home", "--shell", "/usr/sbin/nologin", "postgres"],
  ["adduser", "-S", "-D", "-H", "postgres"],
];

/**
 * Postgres refuses to run as root, so root lends it an account: `postgres`, made if it is missing, else `nobody`.
 * @returns {Account | undefined} undefined when we are not root, and Postgres runs as ourselves
 */
export function postgresAccount() {
  if (process.getuid?.() !== 0) return undefined;
  const existing = findAccount("postgres");
  if (existing) return existing;
  for (const [command, ...args] of CREATE) {
    spawnSync(command, args, { stdio: "ignore" });
    const made = findAccount("postgres");
    if (made) return made;
  }
  const nobody = findAccount("nobody");
  if (nobody) return nobody;
  throw new Error(
    "Postgres must not run as root, and no other account could be made for it on this machine.",
  );
}

/** The first folder above (or at) a path that the account may not pass through, if any. */
function closedFolder(path, { uid, gid }) {
  const folders = [];
  for (let folder = resolve(path); ; folder = dirname(folder)) {
    folders.unshift(folder);
    if (folder === dirname(folder)) break;
  }
  return folders.find((folder) => {
    const stat = statSync(folder);
    const bit = stat.uid === uid ? 0o100 : stat.gid === gid ? 0o010 : 0o001;
    return (stat.mode & bit) === 0;
  });
}

/**
 * Lets the account pass through folders that only root may enter; needs util-linux and the capability itself.
 * Without no_setuid_fixup, access(2), which Postgres asks about its own programs, would not count the capability.
 */
function passArguments(account, probe) {
  for (const capability of ["dac_read_search", "dac_override"]) {
    const args = [
      ...["--reuid", String(account.uid), "--regid", String(account.gid), "--clear-groups"],
      ...[`--inh-caps=+${capability}`, `--ambient-caps=+${capability}`, "--securebits=+no_setuid_fixup"],
    ];
    try {
      execFileSync("setpriv", [...args, "test", "-r", probe], { stdio: "ignore" });
      return args;
    } catch {}
  }
  return undefined;
}

/**
 * How to start a program of Postgres so that it may read the given folders.
 * @param {Account | undefined} account
 * @param {string[]} folders
 * @returns {(command: string, args: string[]) => { command: string, args: string[], options: { uid?: number, gid?: number } }}
 */
export function launcher(account, folders) {
  if (!account) return (command, args) => ({ command, args, options: {} });
  const closed = folders.map((folder) => closedFolder(folder, account)).find(Boolean);
  if (!closed) {
    return (command, args) => ({ command, args, options: { uid: account.uid, gid: account.gid } });
  }
  const pass = passArguments(account, folders[0]);
  if (pass)
    return (command, args) => ({ command: "setpriv", args: [...pass, command, ...args], options: {} });
  throw new Error(
    `Postgres cannot run as root and runs as the user ${account.name} here, who may not enter ${closed}. ` +
      `Either move this folder and TOLLGATE_DATA_DIR to where everyone may enter (for example under /srv or /opt), ` +
      `or allow it (chmod o+x ${closed}), or set DATABASE_URL to a Postgres of your own.`,
  );
}
