import { execFile } from "node:child_process";
import { parseEnv, promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type System, startSystem } from "@/e2e/harness/system";
import { covers } from "@/e2e/seeds/coverage";
import { pageBlocks, pageText } from "@/e2e/seeds/page-text";

/** The pages of a running installation, and what they say done: with a person's key, from a terminal. */
let system: System;
let base: string;
let secret: string;
const EMAIL = "reader@example.com";

beforeAll(async () => {
  system = await startSystem();
  base = `${system.apiUrl}/v1`;
  await run("users", "create", "--email", EMAIL, "--password", "a quiet harbour at dawn");
  await run("credits", "grant", "--email", EMAIL, "--usd", "1", "--reason", "welcome");
  secret = await newKey("guide");
}, 300_000);
afterAll(() => system?.stop());

async function run(...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await system.cli(...args);
  expect(code, `${args.slice(0, 2).join(" ")}: ${stderr}${stdout}`).toBe(0);
  return stdout.trim();
}
const newKey = (name: string) => run("keys", "create", "--email", EMAIL, "--name", name);

const pages = new Map<string, string>();
async function html(path: string): Promise<string> {
  const known = pages.get(path);
  if (known) return known;
  const answer = await fetch(`${system.url}${path}`);
  const text = await answer.text();
  expect(answer.status, path).toBe(200);
  pages.set(path, text);
  return text;
}
const read = async (path: string) => pageText(await html(path));
const guide = () => read("/docs/clients/lobechat");
const bash = async (line: string) => (await promisify(execFile)("/bin/bash", ["-c", line])).stdout;

/** The guide's block that begins a curl call to this endpoint, with the reader's key in it. */
async function curlBlock(endpoint: string): Promise<string> {
  const blocks = pageBlocks(await html("/docs/clients/lobechat"));
  const block = blocks.find((text) => text.includes("curl") && text.includes(`${base}${endpoint}`));
  if (!block) throw new Error(`no curl for ${endpoint} among ${blocks.length} blocks`);
  expect(block).toContain("PASTE_YOUR_KEY");
  return block.replaceAll("PASTE_YOUR_KEY", secret);
}

describe("public pages", () => {
  test(covers("page.sign-up"), async () => {
    const page = await html("/sign-up");
    const fields = [...page.matchAll(/<input[^>]*name="([^"]+)"/g)].map(([, name]) => name);
    expect(fields).toEqual(expect.arrayContaining(["email", "password"]));
    expect(page).not.toMatch(/cc-number|cardnumber|js\.stripe\.com/i);
  });

  test(covers("page.packs"), async () => {
    const text = await read("/pricing");
    expect(text).toContain("$20.00");
    expect(text).toContain("Credit packs");
    expect(text).toMatch(/How exactly is a call charged\? Tokens times the price/);
  });

  test(covers("page.models"), async () => {
    const text = await read("/models");
    expect(text).toContain("sandbox/echo");
    expect(text).toMatch(/128[,.]?(?:000|K)/i);
    expect(text).toMatch(/\$1(?:\.00)?\b/);
    expect(text).toMatch(/\$2(?:\.00)?\b/);
  });

  test(covers("page.clients"), async () => {
    const index = await html("/docs");
    const nine = [
      "lobechat",
      "open-webui",
      "nextchat",
      "cursor",
      "cline",
      "continue",
      "codex-cli",
      "claude-code",
    ];
    for (const slug of [...nine, "rumus"]) {
      expect(index).toContain(`/docs/clients/${slug}"`);
      expect(await read(`/docs/clients/${slug}`), slug).toMatch(/Steps|Common mistakes/);
    }
  }, 60_000);

  test(covers("page.guides"), async () => {
    for (const [slug, said] of [
      ["api-key-and-base-url", base],
      ["one-base-url", base],
      ["empty-responses", "/v1"],
      ["codex-invalid-api-key", "env_key"],
      ["claude-code-524-503", "524"],
    ] as const) {
      expect(await read(`/docs/guides/${slug}`), slug).toContain(said);
    }
  });

  test(covers("page.compatible"), async () => {
    const text = await read("/docs/guides/openai-compatible");
    expect(text).toContain("sandbox/echo");
    expect(text).toContain(base);
    expect(text).toMatch(/whoever made them/);
  });

  test(covers("page.fit"), async () => {
    const text = await read("/docs/guides/when-a-gateway-fits");
    expect(text).toContain("It fits");
    expect(text).toContain("It does not fit");
  });

  test(covers("page.direct"), async () => {
    const text = await read("/docs/guides/moving-from-providers");
    for (const host of ["api.openai.com", "api.anthropic.com", "generativelanguage.googleapis.com", base])
      expect(text).toContain(host);
  });

  test(covers("page.disclaimer"), async () => {
    const text = await guide();
    expect(text).toContain("Who operates this");
    expect(text).toMatch(/independent service: not an official one/);
    for (const name of ["OpenAI", "Anthropic", "Google", "Microsoft", "LobeHub"])
      expect(text).toContain(name);
    expect(text).toMatch(/Which models there are and what they cost depends/);
  });

  test(covers("page.error-links"), async () => {
    const refused = await fetch(`${base}/models`, { headers: { authorization: "Bearer sk-tg-x" } });
    const link = /http[^"\s]+\/docs\/errors\/\w+/.exec(await refused.text())?.[0] ?? "";
    expect(link.startsWith(system.url)).toBe(true);
    expect((await fetch(link)).status).toBe(200);
    for (const status of [401, 403, 404, 413, 429, 503, 504, 524]) {
      expect(await read(`/docs/errors/${status}`)).toContain(String(status));
    }
    expect((await fetch(`${system.url}/docs/errors/777`)).status).toBe(404);
  }, 60_000);

  test(covers("page.index"), async () => {
    const answer = await fetch(`${system.url}/llms.txt`);
    expect(answer.headers.get("content-type")).toMatch(/text\/(?:plain|markdown)/);
    const text = await answer.text();
    expect(text).toContain(base);
    const links = [...new Set([...text.matchAll(/\((http[^)]+)\)/g)].map(([, link = ""]) => link))];
    expect(links.length).toBeGreaterThan(40);
    for (const link of links) expect((await fetch(link)).status, link).toBe(200);
  }, 120_000);

  test(covers("page.search"), async () => {
    const field = /<input[^>]*type="search"[^>]*>/.exec(await html("/docs"))?.[0] ?? "";
    const name = /name="([^"]+)"/.exec(field)?.[1];
    expect(name).toBeTruthy();
    const found = await read(`/docs?${name}=lobechat`);
    expect(found).toContain("LobeChat");
    expect(found).not.toContain("Kilo Code");
  });
});

describe("the guide for LobeChat", () => {
  test(covers("page.guide-values"), async () => {
    const env = pageBlocks(await html("/docs/clients/lobechat")).find((block) =>
      block.includes("OPENAI_PROXY_URL="),
    );
    const values = parseEnv(env ?? "");
    expect(values.OPENAI_PROXY_URL).toBe(base);
    expect(values.OPENAI_API_KEY).toBe("PASTE_YOUR_KEY");
    expect(values.OPENAI_MODEL_LIST).toContain("+sandbox/echo=");
    const answer = await fetch(`${values.OPENAI_PROXY_URL}/chat/completions`, {
      method: "POST",
      headers: { authorization: `Bearer ${secret}`, "content-type": "application/json" },
      body: JSON.stringify({ model: "sandbox/echo", messages: [{ role: "user", content: "hi" }] }),
    });
    expect(answer.status).toBe(200);
  });

  test(covers("page.guide-before"), async () => {
    const text = await guide();
    for (const said of ["Before you start", "An account", "Credit.", "An API key."])
      expect(text).toContain(said);
    expect(text).toContain("it needs no card");
  });

  test(covers("page.guide-whom"), async () => {
    const text = await guide();
    expect(text).toContain("Who this is for");
    expect(text).toContain("Who should use something else");
    expect(text).toMatch(/does not let you set environment variables/);
    expect(text).toMatch(/features that exist only at OpenAI/);
  });

  test(covers("page.guide-v1"), async () => {
    const text = await guide();
    expect(text).toMatch(/\/v1 yes: LobeChat appends .* never adds \/v1 itself/);
  });

  test(covers("page.guide-ways"), async () => {
    const page = await html("/docs/clients/lobechat");
    const text = pageText(page);
    for (const way of [".env", "Docker", "Vercel", "In the app"]) expect(text).toContain(way);
    for (const host of ["Railway", "Render"]) expect(text).toContain(host);
    for (const label of ["AI Service Provider", "API Key", "API Proxy URL"]) expect(text).toContain(label);
    expect(pageBlocks(page).join("\n")).toContain("services:");
  });

  test(covers("page.guide-restart"), async () => {
    const text = await guide();
    expect(text).toContain("Redeploy LobeChat");
    expect(text).toMatch(/read at start: recreate the container .*or redeploy/);
  });

  test(covers("page.guide-check"), async () => {
    const answer = await bash(await curlBlock("/models"));
    expect(answer).toContain('"sandbox/echo"');
  });

  test(covers("page.guide-test"), async () => {
    const answer = await bash(await curlBlock("/chat/completions"));
    expect(answer).toContain("choices");
    expect(answer).not.toContain('"error"');
  });

  test(covers("page.guide-model"), async () => {
    const text = await guide();
    expect(text).toContain("How to pick a model");
    expect(text).toMatch(/do not guess/);
    for (const label of ["Model ID", "Model Display Name", "Maximum Token Count", "128000"])
      expect(text).toContain(label);
  });

  test(covers("page.guide-version"), async () => {
    const text = await guide();
    expect(text).toContain("Version caveat");
    expect(text).toMatch(/change between versions and ways of hosting/);
  });

  test(covers("page.guide-mistakes"), async () => {
    const text = await guide();
    expect(text).toContain("Common mistakes");
    for (const said of [
      "without /v1",
      "ends in /chat/completions",
      "address of the website or of this dashboard",
      "the address from another provider, or the other way round",
      "model name was guessed",
      "was not redeployed",
    ])
      expect(text).toContain(said);
  });

  test(covers("page.guide-errors"), async () => {
    const text = await guide();
    for (const status of ["401", "403", "404", "429", "503"]) expect(text).toContain(status);
    expect(text).toMatch(/empty (?:response|answer)/i);
  });
});

describe("the questions under it", () => {
  const QUESTIONS: [id: string, question: RegExp, answer: () => RegExp][] = [
    ["faq.address", /Which OPENAI_PROXY_URL do I use in LobeChat\?/, () => new RegExp(`^ ?${base}\\b`)],
    ["faq.v1", /Should OPENAI_PROXY_URL include \/v1\?/, () => /^ ?Yes\./],
    ["faq.endpoint", /be \S+\/v1\/chat\/completions\?/, () => /^ ?No\. That is one endpoint/],
    ["faq.key", /Where do I get the API key\?/, () => /Tokens page.*shown once/],
    ["faq.pair", /key from another provider with this address\?/, () => /^ ?No\..*same place/],
    ["faq.model", /know which model id to use\?/, () => /GET \S+\/v1\/models.*copy an id/],
    ["faq.empty", /Why does LobeChat return an empty response\?/, () => /address or the model.*is an error/],
    ["faq.empty-v1", /Can a missing \/v1 cause empty responses\?/, () => /At most providers, yes/],
    ["faq.wrong-url", /Can a wrong OPENAI_PROXY_URL cause 401\?/, () => /^ ?Yes\..*from here/],
    ["faq.403", /What does 403 mean\?/, () => /key is right.*no credit.*model/],
    ["faq.404", /What does 404 model not found mean\?/, () => /nearest/],
    ["faq.429", /What does 429 mean\?/, () => /per minute or of calls at once.*fewer calls in parallel/],
    ["faq.503", /What does 503 mean\?/, () => /short request.*another model.*contact support/],
    [
      "faq.restart",
      /Do I need to restart or redeploy LobeChat\?/,
      () => /redeploy on Vercel, Railway or Render/,
    ],
    ["faq.official", /Is this an official service of LobeChat or OpenAI\?/, () => /^ ?No\..*independent/],
    ["faq.guarantee", /Is LobeChat guaranteed to work\?/, () => /^ ?No\..*versions/],
    ["faq.screenshots", /paste my key into screenshots or issues\?/, () => /^ ?Never.*rotate it.*90 days/],
  ];
  for (const [id, question, answer] of QUESTIONS) {
    test(covers(id), async () => {
      const text = await guide();
      const asked = question.exec(text);
      expect(asked, `${question}`).not.toBeNull();
      const rest = text.slice((asked?.index ?? 0) + (asked?.[0].length ?? 0));
      expect(rest.slice(0, 700)).toMatch(answer());
    });
  }

  test(covers("faq.site"), async () => {
    expect(await guide()).toMatch(/as OPENAI_PROXY_URL\? No\. That is the website/);
    for (const path of ["/v1/chat/completions", "/chat/completions"]) {
      const answer = await fetch(`${system.url}${path}`, {
        method: "POST",
        headers: { authorization: `Bearer ${secret}`, "content-type": "application/json" },
        body: JSON.stringify({ model: "sandbox/echo", messages: [] }),
      });
      const { error } = (await answer.json()) as { error: { code: string; message: string } };
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(error.code).toBe("wrong_host");
      expect(error.message).toContain(system.apiUrl);
    }
  });

  test(covers("faq.support"), async () => {
    expect(await guide()).toMatch(
      /send to support\? The request id.*UTC.*model.*code.*address.*Never the whole key/,
    );
    const answer = await fetch(`${base}/models`, { headers: { authorization: `Bearer ${secret}` } });
    expect(answer.headers.get("x-request-id")).toMatch(/^req_/);
    expect(answer.headers.get("date")).toMatch(/GMT$/);
  });
});

describe("wrong settings", () => {
  interface Verdict {
    code: number;
    /** What is wrong with the text, and what the live calls came to. */
    faults: string[];
    live: string[];
    all: string;
  }
  async function doctor(url: string, key: string, model = "sandbox/echo"): Promise<Verdict> {
    const args = ["--url", url, "--key", key, "--model", model, "--client", "lobechat"];
    const { code, stdout: all } = await system.cli("doctor", ...args, "--json");
    expect(all).not.toContain(secret);
    const told = JSON.parse(all) as {
      faults: { cause: string; level: string }[];
      live: { cause: string }[];
    };
    const faults = told.faults.filter(({ level }) => level === "fault").map(({ cause }) => cause);
    return { code, faults, live: told.live.map(({ cause }) => cause), all };
  }
  const WRONG: [id: string, verdict: () => Promise<Verdict>, cause: RegExp][] = [
    ["wrong.site", () => doctor(`${system.url}/v1`, secret), /^(?:dashboard|site)_host$/],
    ["wrong.no-v1", () => doctor(system.apiUrl, secret), /^v1_missing$/],
    ["wrong.doubled", () => doctor(`${base}/v1`, secret), /^v1_doubled$/],
    ["wrong.endpoint", () => doctor(`${base}/chat/completions`, secret), /^endpoint_as_root$/],
    ["wrong.other-url", () => doctor("https://api.openai.com/v1", secret), /^provider_host$/],
    ["wrong.other-key", () => doctor(base, "sk-proj-abcdefghijklmnopqrstuvwxyz123456"), /^key_foreign$/],
  ];
  for (const [id, verdict, cause] of WRONG) {
    test(covers(id), async () => {
      const { code, faults, all } = await verdict();
      expect(faults, all).toEqual([expect.stringMatching(cause)]);
      expect(code).toBe(1);
    });
  }

  test(covers("wrong.guess"), async () => {
    const { code, faults, all } = await doctor(base, secret, "sandbox-echo");
    expect([code, faults]).toEqual([1, ["model_unknown"]]);
    expect(all).toContain("sandbox/echo");
  });

  test(covers("wrong.revoked"), async () => {
    const old = await newKey("soon gone");
    const keys = await system.cliJson<{ id: string; name: string }[]>("keys", "list", "--email", EMAIL);
    await run("keys", "revoke", "--id", keys.find(({ name }) => name === "soon gone")?.id ?? "");
    expect(await doctor(base, old)).toMatchObject({ code: 1, faults: [], live: ["key_invalid"] });
  });

  test(covers("wrong.no-credit"), async () => {
    await run("users", "create", "--email", "broke@example.com", "--password", "a quiet harbour at dawn");
    const key = await run("keys", "create", "--email", "broke@example.com", "--name", "empty");
    expect(await doctor(base, key)).toMatchObject({ code: 1, faults: [], live: ["ok_models", "no_credit"] });
  });

  test(covers("wrong.right"), async () => {
    expect(await doctor(base, secret)).toMatchObject({
      code: 0,
      faults: [],
      live: ["ok_models", "ok_call", "ok_stream"],
    });
  });
});
