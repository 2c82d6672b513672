import { execFileSync } from "node:child_process";
import { parseEnv } from "node:util";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parse as parseYaml } from "yaml";
import { CLIENTS } from "@/lib/clients/catalogue";
import { KEY_PLACEHOLDER } from "@/lib/clients/prepare-facts";
import { renderSetup, type SetupBlock } from "@/lib/clients/render";
import { ECHO, inputFor, KEY, LOCAL, PUBLIC } from "@/lib/clients/test-inputs";
import type { SetupInput } from "@/lib/clients/types";

const TABS = CLIENTS.flatMap((client) =>
  client.tabs.map((tab) => ({ client, tab, name: `${client.slug} ${tab.id}` })),
);

type Ready = Extract<SetupBlock, { status: "ready" }>;

function ready(slug: string, tab: string, input: SetupInput): Ready {
  const block = renderSetup({ slug, tab, input });
  if (block.status !== "ready") throw new Error(`${slug} ${tab} is blocked`);
  return block;
}

/** Every value that a block carries, read back the way its client reads it. Throws if it does not parse. */
function values(block: Ready): string[] {
  switch (block.kind) {
    case "env":
      return Object.values(parseEnv(block.text) as Record<string, string>);
    case "json":
      return leaves(JSON.parse(block.text));
    case "yaml":
      return leaves(parseYaml(block.text));
    case "compose":
      return leaves(parseYaml(block.text)).map((value) => value.replaceAll("$$", "$"));
    case "shell":
      return shellArguments(block.text);
    case "ui-steps":
      return (block.steps ?? []).flatMap(({ fields = [] }) => fields.map(({ value }) => value));
    case "toml":
      throw new Error("no client has TOML yet");
  }
}

function leaves(value: unknown): string[] {
  if (value !== null && typeof value === "object") return Object.values(value).flatMap(leaves);
  return [String(value)];
}

/** What a shell would hand to the commands of a script, which are replaced by functions. */
function shellArguments(script: string): string[] {
  const functions = `say() { printf '%s\\0' "$@"; }; curl() { say "$@"; }; cline() { say "$@"; }`;
  // No PATH: a word that breaks out of its quotes cannot start anything.
  const said = execFileSync("/bin/bash", ["--norc"], {
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
    input: `set -eu\nPATH=/nowhere\n${functions}\n${script}\n`,
  });
  return said.split("\0").slice(0, -1);
}

describe.each(TABS)("$name", ({ client, tab }) => {
  it("parses in its format and carries the address and the key", () => {
    const block = ready(client.slug, tab.id, inputFor(PUBLIC));
    const read = values(block);
    expect(block.text).not.toMatch(/\/v1\/v1|undefined|NaN|\{(base|root|model)/);
    const address =
      client.slug === "cursor" ? `${PUBLIC}/cursor` : client.v1.included ? `${PUBLIC}/v1` : PUBLIC;
    expect(read.some((value) => value === address || value.startsWith(`${address}/`))).toBe(true);
    expect(read.some((value) => value === KEY || value === `Authorization: Bearer ${KEY}`)).toBe(true);
    if (!client.v1.included) expect(block.text).not.toContain("/v1");
  });

  it("says so while the key is not known, in a block that still parses", () => {
    const block = ready(client.slug, tab.id, inputFor(PUBLIC, { apiKey: null }));
    values(block);
    expect(block.text).toContain(KEY_PLACEHOLDER);
    expect(block.incomplete).toBe(true);
    expect(block.notices.join(" ")).toContain(KEY_PLACEHOLDER);
  });

  it("prints no address of this machine where it means something else", () => {
    const block = renderSetup({ slug: client.slug, tab: tab.id, input: inputFor(LOCAL) });
    if ((tab.origin ?? client.origin) === "hosted") {
      expect(block).toMatchObject({ status: "blocked", reason: expect.stringContaining("PUBLIC_API_URL") });
      return;
    }
    if (block.status !== "ready") throw new Error("blocked without a reason to be");
    values(block);
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
    fc.assert(
      fc.property(input, (given) => {
        const block = renderSetup({ slug: client.slug, tab: tab.id, input: given });
        if (block.status !== "ready") return;
        expect(block.text).not.toContain("/v1/v1");
        if (block.kind === "shell") scripts.push(block.text);
        else expect(values(block).length).toBeGreaterThan(0);
        if (block.kind === "env")
          expect(envNames(block.text)).toEqual(envNames(ready(client.slug, tab.id, sane(given)).text));
      }),
      { numRuns: 150 },
    );
    if (scripts.length === 0) return;
    const said = shellArguments(scripts.map((script) => `${script}\nsay END`).join("\n"));
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

describe("catalogue", () => {
  it("has the slugs that are promised, once each", () => {
    const slugs = CLIENTS.map(({ slug }) => slug);
    expect([...slugs].sort()).toEqual(
      [
        "anythingllm",
        "cline",
        "continue",
        "curl",
        "cursor",
        "lobechat",
        "nextchat",
        "open-webui",
        "rumus",
      ].sort(),
    );
    for (const { tabs } of CLIENTS) expect(new Set(tabs.map(({ id }) => id)).size).toBe(tabs.length);
  });

  it("has every text filled in, without a token that nothing fills", () => {
    const known = /\{(root|base|docker-root|docker-base|host|model|model-name)\}/g;
    for (const client of CLIENTS) {
      const texts = leaves({
        ...client,
        tabs: client.tabs.map(({ note = "-", label }) => ({ note, label })),
      });
      for (const text of texts) {
        expect(text.trim(), client.slug).not.toBe("");
        expect(text.replace(known, ""), client.slug).not.toMatch(/[{}]/);
      }
    }
  });
});
