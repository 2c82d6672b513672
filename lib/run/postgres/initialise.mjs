import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chownSync, mkdirSync, rmSync, unlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** Makes an empty data folder with initdb; leaves nothing behind when that fails. */
export async function initialise(options, launch, bin, account) {
  const { folder, password } = options;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const passwordFile = join(dirname(folder), `.pw-${randomBytes(6).toString("hex")}`);
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  if (account) {
    chownSync(folder, account.uid, account.gid);
    chownSync(passwordFile, account.uid, account.gid);
  }
  const {
    command,
    args,
    options: as,
  } = launch(join(bin, "initdb"), [
    ...[
      "-D",
      folder,
      "-U",
      "postgres",
      "--auth=scram-sha-256",
      `--pwfile=${passwordFile}`,
      "--encoding=UTF8",
    ],
    ...["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"],
    ...(options.throwaway ? ["--no-sync"] : []),
  ]);
  try {
    await new Promise((resolve, reject) => {
      const child = spawn(command, args, { ...as, cwd: "/", stdio: ["ignore", "ignore", "pipe"] });
      let errors = "";
      child.stderr.on("data", (chunk) => {
        errors += chunk;
      });
      child.on("error", reject);
      child.on("close", (code) =>
        code === 0
          ? resolve(undefined)
          : reject(new Error(`Postgres could not make its folder: ${errors.trim()}`)),
      );
    });
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  } finally {
    unlinkSync(passwordFile);
  }
}
