import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { Agent, fetch } from "undici";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { codexFirstTurn } from "@/e2e/fakes/responses-codex";
import { claudeCodeBody } from "@/e2e/gateway/messages-world";
import { callRows, until } from "@/e2e/gateway/world";
import { blockSettings } from "@/e2e/seeds/block-settings";
import { covers } from "@/e2e/seeds/coverage";
import { type Desk, openDesk, type Person } from "@/e2e/seeds/desk";
import { chatModels } from "@/lib/catalog/chat-models";
import { listPublicModels } from "@/lib/catalog/list-public-models";
import { findClient } from "@/lib/clients/catalogue";
import { renderSetup } from "@/lib/clients/render";
import { setupModels } from "@/lib/clients/setup-models";
import { leaves, type Ready, readBack } from "@/lib/clients/test-read-back";

/** Whatever host a block names is this machine, as DNS would say for a public address. */
const everywhere = new Agent({
  connect: { lookup: (_host, _options, done) => done(null, [{ address: "127.0.0.1", family: 4 }]) },
});
const PUBLIC_HOST = "api.tollgate.test";
let desk: Desk;
let person: Person;

beforeAll(async () => {
  desk = await openDesk();
  person = await desk.person();
});
afterAll(async () => {
  await desk.stop();
  await everywhere.close();
});

/** The block of the Setup page for this person's key, with this gateway's address. */
async function blockOf(slug: string, tab: string): Promise<Ready> {
  const { models, smallModelId } = setupModels(chatModels(await listPublicModels()));
  const hosted = slug === "cursor" || tab === "vercel";
  const rootUrl = `http://${hosted ? PUBLIC_HOST : "localhost"}:${desk.gateway.port}`;
  const block = renderSetup({
    slug,
    tab,
    input: {
      rootUrl,
      baseUrl: `${rootUrl}/v1`,
      apiKey: person.secret,
      models,
      defaultModelId: "sandbox/echo",
      smallModelId,
    },
  });
  if (block.status !== "ready") throw new Error(block.reason);
  return block;
}

type Settings = Record<string, string>;
interface Use {
  base: string;
  key: string;
  model: string;
}
type Body = (use: Use) => object;

/** How a client turns what it was given into a call. */
interface Wire {
  use: (settings: Settings) => Use;
  models?: (use: Use) => string;
  path: string;
  body: Body;
  headers?: (use: Use) => Record<string, string>;
}

const given = (settings: Settings, ...names: string[]): string => {
  const name = names.find((one) => settings[one] !== undefined);
  if (!name) throw new Error(`none of ${names.join(", ")} in ${Object.keys(settings).join(", ")}`);
  return settings[name] ?? "";
};
const said = "Say hello from a pasted block";
const messages = [{ role: "user", content: said }];
const chatBody: Body = ({ model }) => ({ model, messages, stream: true });
const listed = (list: string) => /(?:^|,)\+([^=<,]+)/.exec(list)?.[1]?.replace(/@OpenAI$/, "") ?? "";

const lobechat: Wire = {
  use: (s) => ({
    base: given(s, "OPENAI_PROXY_URL", "NEWAPI_PROXY_URL", "API Proxy URL"),
    key: given(s, "OPENAI_API_KEY", "NEWAPI_API_KEY", "API Key"),
    model: s["Connectivity Check"] ?? listed(given(s, "OPENAI_MODEL_LIST", "NEWAPI_MODEL_LIST")),
  }),
  models: ({ base }) => `${base}/models`,
  path: "/chat/completions",
  body: chatBody,
};
const openWebui: Wire = {
  use: (s) => ({
    base: given(s, "OPENAI_API_BASE_URL", "URL"),
    key: given(s, "OPENAI_API_KEY", "Key"),
    model: given(s, "DEFAULT_MODELS", "Add a model ID"),
  }),
  models: ({ base }) => `${base}/models`,
  path: "/chat/completions",
  body: chatBody,
};
const nextchat: Wire = {
  use: (s) => ({
    base: given(s, "BASE_URL", "OpenAI Endpoint"),
    key: given(s, "OPENAI_API_KEY", "OpenAI API Key"),
    model: listed(given(s, "CUSTOM_MODELS", "Custom Models")),
  }),
  path: "/v1/chat/completions",
  body: chatBody,
};
/** Its agent sends the Responses API's input and flat tools to the chat endpoint. */
const cursor: Wire = {
  use: (s) => ({
    base: given(s, "Override OpenAI Base URL"),
    key: given(s, "OpenAI API Key"),
    model: given(s, "Add Custom Model"),
  }),
  path: "/chat/completions",
  body: ({ model }) => ({
    model,
    stream: true,
    user: "cursor",
    input: messages,
    tools: [{ type: "function", name: "read_file", parameters: { type: "object", properties: {} } }],
  }),
};
const cline: Wire = {
  use: (s) => ({
    base: given(s, "-b", "Base URL"),
    key: given(s, "-k", "API Key"),
    model: given(s, "-m", "Model ID"),
  }),
  path: "/chat/completions",
  body: ({ model }) => ({ model, messages, stream: true, stream_options: { include_usage: true } }),
};
const continueDev: Wire = {
  use: (s) => ({ base: given(s, "apiBase"), key: given(s, "apiKey"), model: given(s, "model") }),
  path: "/chat/completions",
  body: chatBody,
};
/** Two blocks: the file names the variable that holds the key. */
const codex: Wire = {
  use: (s) => ({
    base: given(s, "model_providers.tollgate.base_url"),
    key: given(s, given(s, "model_providers.tollgate.env_key")),
    model: given(s, "model"),
  }),
  models: ({ base }) => `${base}/models`,
  path: "/responses",
  body: ({ model }) => ({ ...codexFirstTurn(model), stream: true }),
};
const claudeCode: Wire = {
  use: (s) => ({
    base: given(s, "ANTHROPIC_BASE_URL"),
    key: given(s, "ANTHROPIC_AUTH_TOKEN"),
    model: given(s, "ANTHROPIC_MODEL"),
  }),
  path: "/v1/messages?beta=true",
  body: ({ model }) => claudeCodeBody(model),
  headers: () => ({ "anthropic-version": "2023-06-01" }),
};

async function call(wire: Wire, use: Use): Promise<string> {
  const headers = { authorization: `Bearer ${use.key}`, ...wire.headers?.(use) };
  if (wire.models) {
    const list = await fetch(wire.models(use), { headers, dispatcher: everywhere });
    expect(list.status, await list.clone().text()).toBe(200);
    const { data } = (await list.json()) as { data: { id: string }[] };
    expect(data.map(({ id }) => id)).toContain(use.model);
  }
  const response = await fetch(`${use.base}${wire.path}`, {
    method: "POST",
    headers: { ...headers, "content-type": "application/json" },
    body: JSON.stringify(wire.body(use)),
    dispatcher: everywhere,
  });
  const text = await response.text();
  expect(response.status, text).toBe(200);
  return text;
}

const CASES: [slug: string, id: string, wire: Wire, tabs: string[][]][] = [
  ["lobechat", "client.lobechat", lobechat, [["env"], ["docker"], ["vercel"], ["app"], ["newapi"]]],
  ["open-webui", "client.open-webui", openWebui, [["docker"], ["env"], ["app"]]],
  ["nextchat", "client.nextchat", nextchat, [["env"], ["docker"], ["vercel"], ["app"]]],
  ["cursor", "client.cursor", cursor, [["app"]]],
  ["cline", "client.cline", cline, [["cli"], ["vscode"]]],
  ["continue", "client.continue", continueDev, [["config"]]],
  ["codex-cli", "client.codex-cli", codex, [["config", "terminal"]]],
  ["claude-code", "client.claude-code", claudeCode, [["settings"], ["terminal"], ["vscode"]]],
];

describe("the block of the Setup page, pasted as it is", () => {
  for (const [slug, id, wire, tabs] of CASES) {
    it(covers(id), async () => {
      for (const ids of tabs) {
        const settings: Settings = {};
        for (const id of ids) Object.assign(settings, blockSettings(await blockOf(slug, id)));
        const use = wire.use(settings);
        expect(use, `${slug} ${ids}`).toMatchObject({ key: person.secret, model: "sandbox/echo" });
        const before = (await callRows(person.workspaceId)).length;
        const text = await call(wire, use);
        expect(text, `${slug} ${ids}`).toMatch(/\[DONE\]|message_stop|response\.completed/);
        await until(async () => (await callRows(person.workspaceId)).length === before + 1);
        const row = (await callRows(person.workspaceId)).at(-1);
        expect(row).toMatchObject({ outcome: "ok", http_status: 200, streamed: true });
        expect(row?.cost_nano).toBeGreaterThan(0n);
      }
    });
  }

  it(covers("client.every-tab-known"), async () => {
    for (const [slug, , , tabs] of CASES) {
      const known = new Set(tabs.flat());
      // The same fields as another tab's, in another place of the app.
      const twins = new Set(["newapi-app"]);
      const all = findClient(slug)?.tabs.map(({ id }) => id) ?? [];
      expect(
        all.filter((id) => !known.has(id) && !twins.has(id)),
        slug,
      ).toEqual([]);
    }
  });

  it(covers("client.rumus"), async () => {
    const block = await blockOf("rumus", findClient("rumus")?.tabs[0].id ?? "");
    const values = readBack(block).flatMap(leaves);
    const base = `http://localhost:${desk.gateway.port}/v1`;
    const endpoint = values.find((value) => value.startsWith(base));
    expect(endpoint).toBeDefined();
    expect(values).toContain(person.secret);
    expect(values).toContain("sandbox/echo");
    await call(
      { use: () => ({ base: "", key: "", model: "" }), path: "/chat/completions", body: chatBody },
      {
        base: (endpoint ?? "").replace(/\/chat\/completions$/, ""),
        key: person.secret,
        model: "sandbox/echo",
      },
    );
  });

  it(covers("client.curl-check"), async () => {
    const block = await blockOf("curl", findClient("curl")?.tabs[0].id ?? "");
    const { stdout } = await promisify(execFile)("/bin/bash", ["-c", block.text]);
    expect(stdout).toMatch(/sandbox\/echo|choices|data: /);
    expect(stdout).not.toContain('"error"');
  });
});
