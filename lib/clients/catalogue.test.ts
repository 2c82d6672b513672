import { parseEnv } from "node:util";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parse as parseYaml } from "yaml";
import { CLIENTS } from "@/lib/clients/catalogue";
import { fillText } from "@/lib/clients/fill-text";
import { KEY_PLACEHOLDER, prepareFacts } from "@/lib/clients/prepare-facts";
import { renderSetup } from "@/lib/clients/render";
import { ECHO, inputFor, KEY, LOCAL, PUBLIC } from "@/lib/clients/test-inputs";
import {
  leaves,
  PYTHON,
  parseByPython,
  type Ready,
  readBack,
  shellWords,
} from "@/lib/clients/test-read-back";
import type { ClientEntry, SetupInput, SetupTab } from "@/lib/clients/types";

const TABS = CLIENTS.flatMap((client) =>
  client.tabs.map((tab) => ({ client, tab, name: `${client.slug} ${tab.id}` })),
);

function ready(slug: string, tab: string, input: SetupInput): Ready {
  const block = renderSetup({ slug, tab, input });
  if (block.status !== "ready") throw new Error(`${slug} ${tab} is blocked`);
  return block;
}

/** A block with those that have to be used beside it. */
function together(client: ClientEntry, tab: SetupTab, input: SetupInput): Ready[] {
  return [tab.id, ...(tab.needs ?? [])].map((id) => ready(client.slug, id, input));
}

const secretIn = (value: string) => value === KEY || value === `Authorization: Bearer ${KEY}`;

describe.each(TABS)("$name", ({ client, tab }) => {
  it("parses in its format and carries the address and the key", () => {
    const block = ready(client.slug, tab.id, inputFor(PUBLIC));
    const read = together(client, tab, inputFor(PUBLIC)).flatMap(readBack);
    expect(block.text).not.toMatch(/\/v1\/v1|undefined|NaN|\{(base|root|model)/);
    const address = fillText(client.asks.value, prepareFacts(inputFor(PUBLIC)));
    expect(read.some((value) => value === address || value.startsWith(`${address}/`))).toBe(true);
    expect(read.some(secretIn)).toBe(true);
    if (!client.v1.included) expect(block.text).not.toContain("/v1");
  });

  it("says so while the key is not known, in a block that still parses", () => {
    const blocks = together(client, tab, inputFor(PUBLIC, { apiKey: null }));
    blocks.flatMap(readBack);
    const holding = blocks.filter(({ text }) => text.includes(KEY_PLACEHOLDER));
    expect(holding.length).toBeGreaterThan(0);
    for (const block of blocks) {
      expect(block.incomplete).toBe(true);
      expect(block.notices.join(" ").includes(KEY_PLACEHOLDER)).toBe(holding.includes(block));
    }
  });

  it("prints no address of this machine where it means something else", () => {
    const block = renderSetup({ slug: client.slug, tab: tab.id, input: inputFor(LOCAL) });
    if ((tab.origin ?? client.origin) === "hosted") {
      expect(block).toMatchObject({ status: "blocked", reason: expect.stringContaining("PUBLIC_API_URL") });
      return;
    }
    if (block.status !== "ready") throw new Error("blocked without a reason to be");
    readBack(block);
    if (tab.kind !== "compose") return;
    expect(block.text).not.toContain("localhost");
    expect(block.text).toContain("http://host.docker.internal:4100");
    const service = Object.values(parseYaml(block.text).services)[0];
    expect(service).toMatchObject({ extra_hosts: ["host.docker.internal:host-gateway"] });
  });
});

describe("whatever the input", () => {
  const text = fc.oneof(
    fc.string({ unit: "binary", maxLength: 24 }),
    fc.string({ unit: fc.constantFrom(..."abc/.:-'\"`$#\\,=<>;&|!*(){}[]%~@+ \n\r\t→"), maxLength: 24 }),
  );
  const model = fc.record({
    id: text,
    displayName: text,
    contextTokens: fc.oneof(fc.integer(), fc.constant(Number.NaN)),
    maxOutputTokens: fc.integer(),
    vision: fc.boolean(),
    tools: fc.boolean(),
    reasoning: fc.boolean(),
  });
  const input = fc
    .record({
      rootUrl: fc.oneof(fc.constantFrom(PUBLIC, `${PUBLIC}/v1/`, "https://h.example/p'a$th`x"), fc.webUrl()),
      apiKey: fc.option(fc.oneof(text, fc.constant(KEY))),
      models: fc.array(model, { maxLength: 4 }),
      pick: fc.nat(),
    })
    .map(({ pick, ...rest }): SetupInput => {
      const id = rest.models[pick % Math.max(1, rest.models.length)]?.id ?? "";
      return { ...rest, baseUrl: `${rest.rootUrl}/v1`, defaultModelId: id, smallModelId: id };
    });

  it.each(TABS)("$name stays whole", ({ client, tab }) => {
    const scripts: string[] = [];
    const programs: string[] = [];
    fc.assert(
      fc.property(input, (given) => {
        const block = renderSetup({ slug: client.slug, tab: tab.id, input: given });
        if (block.status !== "ready") return;
        expect(block.text).not.toContain("/v1/v1");
        if (block.kind === "python") programs.push(block.text);
        if (block.kind === "shell") scripts.push(block.text);
        else expect(readBack(block).length).toBeGreaterThan(0);
        if (block.kind === "env")
          expect(envNames(block.text)).toEqual(envNames(ready(client.slug, tab.id, sane(given)).text));
      }),
      { numRuns: 60 },
    );
    if (PYTHON) parseByPython("python", programs);
    if (scripts.length === 0) return;
    const said = shellWords(scripts.map((script) => `${script}\nsay END`).join("\n"));
    expect(said.filter((word) => word === "END")).toHaveLength(scripts.length);
    for (const word of said.filter((_, at) => said[at - 1] === "-d")) {
      expect(JSON.parse(word)).toHaveProperty("model");
    }
  });

  function envNames(file: string): string[] {
    return Object.keys(parseEnv(file)).filter((name) => name !== "VISION_MODELS");
  }
  function sane(given: SetupInput): SetupInput {
    return { ...given, rootUrl: PUBLIC, apiKey: KEY, models: [ECHO], defaultModelId: ECHO.id };
  }
});

describe("deep links", () => {
  const linked = CLIENTS.flatMap(({ slug, deepLink }) => (deepLink ? [{ slug, deepLink }] : []));

  it.each(linked)(
    "$slug: a scheme of its own, with the address and the key in its data",
    ({ slug, deepLink }) => {
      const link = new URL(deepLink.render(prepareFacts(inputFor(PUBLIC))));
      expect(link.protocol).not.toMatch(/^https?:$/);
      const data = link.searchParams.get("data") ?? link.searchParams.get("config") ?? "";
      const values = leaves(JSON.parse(Buffer.from(data, "base64").toString("utf8")));
      expect(values).toContain(KEY);
      const address = CLIENTS.find((client) => client.slug === slug)?.asks.value ?? "";
      expect(values).toContain(fillText(address, prepareFacts(inputFor(PUBLIC))));
    },
  );
});

describe.runIf(PYTHON)("Python's own parsers", () => {
  it("read every TOML block", () => {
    const texts = TABS.filter(({ tab }) => tab.kind === "toml").map(
      ({ client, tab }) => ready(client.slug, tab.id, inputFor(PUBLIC)).text,
    );
    expect(texts.length).toBeGreaterThan(0);
    parseByPython("toml", texts);
  });
});

describe("catalogue", () => {
  it("has the slugs that are promised, once each", () => {
    const slugs = CLIENTS.map(({ slug }) => slug);
    const promised =
      "lobechat open-webui nextchat cursor cline continue codex-cli claude-code rumus anythingllm librechat cherry-studio chatbox jan zed opencode aider roo-code kilo-code n8n dify qwen-code openai-sdk anthropic-sdk ai-sdk langchain curl";
    expect([...slugs].sort()).toEqual(promised.split(" ").sort());
    for (const { tabs } of CLIENTS) {
      const ids = tabs.map(({ id }) => id);
      expect(new Set(ids).size).toBe(tabs.length);
      for (const { needs = [] } of tabs) expect(ids).toEqual(expect.arrayContaining([...needs]));
    }
  });

  it("has every text filled in, without a token that nothing fills", () => {
    const known = /\{(root|base|docker-root|docker-base|host|model|model-name)\}/g;
    for (const client of CLIENTS) {
      const texts = leaves({
        ...client,
        deepLink: client.deepLink?.label ?? "-",
        tabs: client.tabs.map(({ note = "-", label }) => ({ note, label })),
      });
      for (const text of texts) {
        expect(text.trim(), client.slug).not.toBe("");
        expect(text.replace(known, ""), client.slug).not.toMatch(/[{}]/);
      }
    }
  });
});
