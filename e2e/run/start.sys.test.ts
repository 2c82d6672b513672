import { existsSync, readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type System, startSystem } from "@/e2e/harness/system";

let system: System;

beforeAll(async () => {
  system = await startSystem();
});
afterAll(() => system.stop());

const status = (url: string, headers: Record<string, string> = {}) =>
  fetch(url, { headers, redirect: "manual" }).then((answer) => answer.status);

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

const run = () => JSON.parse(readFileSync(join(system.dataDir, "run.json"), "utf8"));

/** Local addresses of everything that listens on a port, as Linux tells it. */
function listeners(port: number): string[] {
  const hex = port.toString(16).toUpperCase().padStart(4, "0");
  return ["/proc/net/tcp", "/proc/net/tcp6"].flatMap((file) =>
    readFileSync(file, "utf8")
      .split("\n")
      .map((line) => line.trim().split(/\s+/))
      .filter(([, local, , state]) => local?.endsWith(`:${hex}`) && state === "0A")
      .map(([, local = ""]) => local.split(":")[0] ?? ""),
  );
}

describe("a start", () => {
  it("answers /healthz and /readyz on dashboard and gateway, and says where everything is", async () => {
    for (const origin of [system.url, system.apiUrl]) {
      expect(await status(`${origin}/healthz`)).toBe(200);
      expect(await status(`${origin}/readyz`)).toBe(200);
    }
    expect(system.log).toContain(system.url);
    expect(system.log).toContain(`${system.apiUrl}/v1`);
    expect(system.log).toContain("sandbox/echo");
    expect(system.log).toContain("users create");
  });

  it("keeps its secrets to itself", () => {
    expect(statSync(join(system.dataDir, "secrets.json")).mode & 0o777).toBe(0o600);
  });

  it.runIf(process.platform === "linux")("binds loopback alone while stand-ins are in use", () => {
    const sandboxPort = Number(new URL(run().sandboxUrl).port);
    for (const port of [system.port, system.gatewayPort, sandboxPort]) {
      expect(listeners(port)).toEqual(["0100007F"]);
    }
  });

  it("lets nothing foreign at the stand-ins", async () => {
    const { sandboxUrl } = run();
    for (const url of [`${sandboxUrl}/healthz`, `${system.url}/sandbox/mail`]) {
      expect(await status(url)).toBe(200);
      expect(await status(url, { "x-forwarded-for": "203.0.113.9" })).toBe(403);
      expect(await status(url, { "x-forwarded-host": "localhost" })).toBe(403);
      expect(await status(url, { forwarded: "for=203.0.113.9" })).toBe(403);
      expect(await statusWithHost(url, "tollgate.evil.test")).toBe(403);
    }
  });

  it("is refused a second time on the same folder", async () => {
    const other = startSystem({ dataDir: system.dataDir });
    await expect(other).rejects.toThrow(`already runs here (process ${run().pid})`);
  });
});

/** fetch does not let a Host through. */
async function statusWithHost(url: string, host: string): Promise<number> {
  const { request } = await import("node:http");
  return new Promise((resolve, reject) => {
    const call = request(url, { headers: { host } }, (answer) => {
      answer.resume();
      resolve(answer.statusCode ?? 0);
    });
    call.on("error", reject);
    call.end();
  });
}

describe("a start that is refused names what to set", () => {
  it.each([
    ["PUBLIC_URL", { PUBLIC_URL: "https://tollgate.test" }],
    ["PUBLIC_API_URL", { PUBLIC_API_URL: "http://192.168.7.7:4100" }],
    ["STRIPE_WEBHOOK_SECRET", { TOLLGATE_ENV: "production", STRIPE_WEBHOOK_SECRET: "  " }],
    ["live key", { STRIPE_SECRET_KEY: "sk_live_51", STRIPE_API_BASE: "http://127.0.0.1:9" }],
  ])("%s", async (name, env) => {
    await expect(startSystem({ env })).rejects.toThrow(name);
  });

  it("a port in use, with the variable that moves it", async () => {
    const blocker = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => blocker.once("listening", resolve));
    const { port } = blocker.address() as AddressInfo;
    try {
      await expect(startSystem({ env: { GATEWAY_PORT: String(port) } })).rejects.toThrow(
        new RegExp(`Port ${port} is in use.*set GATEWAY_PORT`),
      );
    } finally {
      blocker.close();
    }
  });
});

describe("what ends by itself is started again", () => {
  it("the gateway and the dashboard after kill -9", async () => {
    await system.restart("gateway");
    await system.restart("dashboard");
    expect(system.log).toContain("The gateway was ended by SIGKILL");
  });

  it("Postgres after kill -9, with the same data", async () => {
    const email = "kept@example.com";
    const password = "violet anchor drumming";
    const made = await system.cli("users", "create", "--email", email, "--password", password, "--operator");
    expect(made.code).toBe(0);
    system.killPostgres("kill");
    await sleep(200);
    await system.waitReady("gateway");
    await system.waitReady("dashboard");
    expect((await system.cli("credits", "show", "--email", email)).code).toBe(0);
  });

  it("everything after kill -9 of npm start, which takes its processes with it", async () => {
    const { children } = run() as { children: Record<string, number> };
    await system.killSupervisor();
    const deadline = Date.now() + 20_000;
    while (Object.values(children).some(isAlive) && Date.now() < deadline) await sleep(50);
    expect(Object.entries(children).filter(([, pid]) => isAlive(pid))).toEqual([]);
    await system.launch();
    expect(await status(`${system.apiUrl}/readyz`)).toBe(200);
    expect((await system.cli("credits", "show", "--email", "kept@example.com")).code).toBe(0);
  });
});

describe("a stop", () => {
  it("ends everything in order, and the command line still works on the same database", async () => {
    const { children } = run() as { children: Record<string, number> };
    expect(await system.halt()).toBe(0);
    expect(Object.values(children).filter(isAlive)).toEqual([]);
    expect(existsSync(join(system.dataDir, "postgres/postmaster.pid"))).toBe(false);
    expect(existsSync(join(system.dataDir, "run.json"))).toBe(false);
    const shown = await system.cli("credits", "show", "--email", "kept@example.com");
    expect(shown).toMatchObject({ code: 0 });
    expect(existsSync(join(system.dataDir, "postgres/postmaster.pid"))).toBe(false);
  });
});
