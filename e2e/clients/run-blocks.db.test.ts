import { execFile, spawnSync } from "node:child_process";
import { mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseEnv, promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Customer, callRows, type GatewayWorld, startWorld } from "@/e2e/gateway/world";
import type { Ctx } from "@/lib/actor";
import { addConnection } from "@/lib/catalog/add-connection";
import { addModel } from "@/lib/catalog/add-model";
import { fillText } from "@/lib/clients/fill-text";
import { KEY_PLACEHOLDER, prepareFacts } from "@/lib/clients/prepare-facts";
import { renderSetup } from "@/lib/clients/render";
import { ECHO } from "@/lib/clients/test-inputs";
import type { SetupInput } from "@/lib/clients/types";
import { newId } from "@/lib/ids";
import docs from "@/lib/messages/en/docs.json";
import { handleEcho } from "@/lib/sandbox/echo/handle-echo";

/** The blocks of the setup page and of the guides, run as they are given, against a gateway with the echo model. */

const ctx: Ctx = { actor: { kind: "system", job: "seed" }, workspaceId: "", requestId: newId("req") };
const QUESTION = "Say hello in five words.";
let world: GatewayWorld;
let echo: Server;
let customer: Customer;
let folder: string;
let input: SetupInput;

beforeAll(async () => {
  echo = createServer(async (req, res) => {
    if (!(await handleEcho(req, res))) res.writeHead(404).end();
  });
  await new Promise<void>((done) => echo.listen(0, "127.0.0.1", done));
  world = await startWorld([]);
  const url = `http://127.0.0.1:${(echo.address() as AddressInfo).port}/echo/v1`;
  await addConnection(ctx, { name: "sandbox", kind: "openai-compatible", url, allowPrivate: true });
  await addModel(ctx, {
    id: ECHO.id,
    connection: "sandbox",
    upstreamId: "echo",
    inputUsdPerMillion: "1",
    outputUsdPerMillion: "2",
    contextTokens: 128_000,
    maxOutputTokens: 16_384,
    vision: true,
    structuredOutput: true,
  });
  await world.gateway.services.catalog.refresh();
  customer = await world.customer();
  // Programs find the SDKs as in a project of their own.
  folder = await mkdtemp(join(tmpdir(), "blocks-"));
  await symlink(resolve("node_modules"), join(folder, "node_modules"));
  input = {
    rootUrl: world.baseUrl,
    baseUrl: world.baseUrl,
    apiKey: customer.secret,
    models: [ECHO],
    defaultModelId: ECHO.id,
    smallModelId: ECHO.id,
  };
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
  await world.stop();
  echo.closeAllConnections();
  echo.close();
});

function blockOf(slug: string, tab: string): { text: string; fileName: string } {
  const block = renderSetup({ slug, tab, input });
  if (block.status !== "ready") throw new Error(`${slug} ${tab} is blocked`);
  return block;
}

/** Runs a program without anything of this machine's environment that could stand in for what is missing. */
async function run(
  command: string,
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<string> {
  const { stdout } = await promisify(execFile)(command, args, {
    cwd: folder,
    timeout: 20_000,
    env: { NODE_ENV: "production", PATH: process.env.PATH ?? "", HOME: folder, ...env },
  });
  return stdout;
}

const sh = (script: string) => run("/bin/sh", ["-eu", "-c", script]);

async function calls(): Promise<string[]> {
  const rows = await callRows(customer.workspaceId);
  return rows.map(({ outcome }) => outcome);
}

/** The call was answered, charged to this key and counted once. */
async function expectOneCall(work: () => Promise<string>): Promise<void> {
  const before = (await calls()).length;
  expect(await work()).toContain(QUESTION);
  await expect.poll(async () => (await calls()).slice(before)).toEqual(["ok"]);
}

describe("curl", () => {
  it("lists the models", async () => {
    const list = JSON.parse(await sh(blockOf("curl", "models").text));
    expect(list.data.map(({ id }: { id: string }) => id)).toContain(ECHO.id);
  });

  it("asks a question", () => expectOneCall(() => sh(blockOf("curl", "chat").text)));

  it("streams an answer to its end", async () => {
    const before = (await calls()).length;
    const stream = await sh(blockOf("curl", "stream").text);
    expect(stream.trimEnd().endsWith("data: [DONE]")).toBe(true);
    await expect.poll(async () => (await calls()).slice(before)).toEqual(["ok"]);
  });
});

describe("SDKs in Node", () => {
  it.each([
    ["openai-sdk", "node"],
    ["anthropic-sdk", "node"],
    ["ai-sdk", "compatible"],
    ["ai-sdk", "openai"],
    ["ai-sdk", "anthropic"],
  ])("%s %s", async (slug, tab) => {
    const { text, fileName } = blockOf(slug, tab);
    await writeFile(join(folder, fileName), text);
    await expectOneCall(() => run(process.execPath, [fileName]));
  });

  it.each([
    ["openai-sdk", /\s+(baseURL|apiKey): .*/g],
    ["anthropic-sdk", /\s+(baseURL|apiKey): .*/g],
  ])("%s without arguments, from the .env block", async (slug, given) => {
    const { text, fileName } = blockOf(slug, "node");
    await writeFile(join(folder, fileName), text.replace(given, ""));
    const env = parseEnv(blockOf(slug, "env").text) as Record<string, string>;
    await expectOneCall(() => run(process.execPath, [fileName], env));
  });
});

describe("SDKs in Python", () => {
  it.for([
    ["openai-sdk", "openai"],
    ["anthropic-sdk", "anthropic"],
    ["langchain", "langchain_openai"],
  ] as const)("%s", async ([slug, module], { skip }) => {
    const found = spawnSync("python3", ["-c", `import ${module}`]);
    skip(found.status !== 0, `there is no Python module ${module} here`);
    const { text, fileName } = blockOf(slug, "python");
    await writeFile(join(folder, fileName), text);
    await expectOneCall(() => run("python3", [fileName], { HOME: process.env.HOME ?? folder }));
  });
});

describe("commands of the guides", () => {
  const commands = [...Object.entries(docs.guides), ...Object.entries(docs.statuses)].flatMap(
    ([slug, { body }]) =>
      body
        .filter((line) => line.startsWith("```sh\ncurl "))
        .map((line) => ({ slug, command: line.slice("```sh\n".length) })),
  );

  it.each(commands)("$slug", async ({ command }) => {
    const script = fillText(command, prepareFacts(input)).replace(`{placeholder}`, customer.secret);
    expect(script).not.toContain(KEY_PLACEHOLDER);
    const answer = JSON.parse(await sh(script));
    expect(answer).not.toHaveProperty("error");
    expect(answer.object).toMatch(/^(list|chat\.completion)$/);
  });
});
