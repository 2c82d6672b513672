import { parseEnv } from "node:util";
import { describe, expect, it } from "vitest";
import { CLIENTS } from "@/lib/clients/catalogue";
import { renderSetup } from "@/lib/clients/render";
import { setupPrint } from "@/lib/clients/setup-print";
import { ECHO, inputFor, KEY, LOCAL, PUBLIC, THINKER } from "@/lib/clients/test-inputs";
import { readToml } from "@/lib/clients/test-read-back";

function text(slug: string, tab?: string, input = inputFor(LOCAL)): string {
  const block = renderSetup({ slug, tab, input });
  return block.status === "ready" ? block.text : block.reason;
}

describe("the blocks", () => {
  it("LobeChat: the three variables, models with context and abilities", () => {
    const env = parseEnv(text("lobechat", "env"));
    expect(env).toMatchObject({
      OPENAI_API_KEY: KEY,
      OPENAI_PROXY_URL: `${LOCAL}/v1`,
      OPENAI_MODEL_LIST:
        "-all,+sandbox/echo=Echo<128000:vision:fc>,+claude-thinker:v2=O’Neil’s best 1 5 new 智能<128000:fc:reasoning>",
    });
  });

  it("NextChat: no /v1, and no id that goes to another vendor", () => {
    const env = parseEnv(text("nextchat", "env"));
    expect(env).toMatchObject({
      BASE_URL: LOCAL,
      DEFAULT_MODEL: "sandbox/echo",
      VISION_MODELS: "sandbox/echo",
      CUSTOM_MODELS: "-all,+sandbox/echo=Echo,+claude-thinker:v2@OpenAI=O’Neil’s best 1 5 new 智能",
    });
  });

  it("AnythingLLM: the model's own limits", () => {
    expect(parseEnv(text("anythingllm", "env"))).toMatchObject({
      GENERIC_OPEN_AI_MODEL_TOKEN_LIMIT: "128000",
      GENERIC_OPEN_AI_MAX_TOKENS: "8192",
    });
  });

  it("LobeChat by its New API provider: variables of its own, the same list", () => {
    const env = parseEnv(text("lobechat", "newapi"));
    expect(env).toMatchObject({ ENABLED_NEWAPI: "1", NEWAPI_API_KEY: KEY, NEWAPI_PROXY_URL: `${LOCAL}/v1` });
    expect(env.NEWAPI_MODEL_LIST).toBe(parseEnv(text("lobechat", "env")).OPENAI_MODEL_LIST);
  });

  it("Codex: the first lines above every table, the Responses API, the variable that the terminal exports", () => {
    const toml = text("codex-cli", "config");
    expect(toml.indexOf("model_provider =")).toBeLessThan(toml.indexOf("["));
    expect(readToml(toml)).toMatchObject({
      model: "sandbox/echo",
      "model_providers.tollgate.base_url": `${LOCAL}/v1`,
      "model_providers.tollgate.wire_api": "responses",
      "model_providers.tollgate.model_catalog_url": `${LOCAL}/v1/models`,
    });
    expect(text("codex-cli", "terminal")).toContain(
      `export ${readToml(toml)["model_providers.tollgate.env_key"]}=${KEY}\n`,
    );
  });

  it("Claude Code: the bare root, the cheap model for side tasks, the real context", () => {
    const { env } = JSON.parse(text("claude-code", "settings"));
    expect(env).toMatchObject({
      ANTHROPIC_BASE_URL: LOCAL,
      ANTHROPIC_AUTH_TOKEN: KEY,
      ANTHROPIC_MODEL: "sandbox/echo",
      ANTHROPIC_DEFAULT_HAIKU_MODEL: "claude-thinker:v2",
      CLAUDE_CODE_MAX_CONTEXT_TOKENS: "128000",
    });
    expect(env).not.toHaveProperty("ANTHROPIC_API_KEY");
  });

  it("opencode: version 1 and version 2 have schemas of their own, both by the same variable", () => {
    const first = JSON.parse(text("opencode", "v1"));
    expect(first.provider.tollgate.options).toEqual({
      baseURL: `${LOCAL}/v1`,
      apiKey: "{env:TOLLGATE_API_KEY}",
    });
    expect(Object.keys(first.provider.tollgate.models)).toEqual(["sandbox/echo", "claude-thinker:v2"]);
    const second = JSON.parse(text("opencode", "v2"));
    expect(second.providers.tollgate).toMatchObject({
      env: ["TOLLGATE_API_KEY"],
      settings: { baseURL: `${LOCAL}/v1` },
    });
  });

  it("Aider: prices per token, exactly those per million", () => {
    const { "openai/sandbox/echo": echo } = JSON.parse(text("aider", "metadata"));
    expect(echo).toMatchObject({ input_cost_per_token: 1e-6, output_cost_per_token: 2e-6 });
  });

  it("takes an address with /v1, with slashes, and a path", () => {
    expect(text("lobechat", "env", inputFor("https://h.example/gw/v1/v1/"))).toContain(
      "=https://h.example/gw/v1\n",
    );
  });

  it.each([
    ["http://127.0.0.1:4100", "http://host.docker.internal:4100/v1"],
    ["http://[::1]:4100", "http://host.docker.internal:4100/v1"],
    ["http://0.0.0.0", "http://host.docker.internal/v1"],
    ["http://10.1.2.3:4100", "http://10.1.2.3:4100/v1"],
    ["https://api.example.com", "https://api.example.com/v1"],
  ])("%s is %s in a container", (root, base) => {
    expect(text("lobechat", "docker", inputFor(root))).toContain(`OPENAI_PROXY_URL: "${base}"`);
  });

  it.each([
    "http://localhost:4100",
    "http://192.168.1.4:4100",
    "http://gateway",
    "https://tollgate.internal",
  ])("Cursor says why %s cannot work", (root) => {
    const block = renderSetup({ slug: "cursor", input: inputFor(root) });
    expect(block).toMatchObject({ status: "blocked", reason: expect.stringContaining(root) });
    expect(JSON.stringify(block)).not.toContain(KEY);
  });

  it("finds a tab by its id or its label, and names those that exist", () => {
    expect(text("lobechat", ".env")).toBe(text("lobechat", "env"));
    expect(text("cline", "Command line")).toContain("cline auth");
    expect(() => renderSetup({ slug: "lobechat", tab: "helm", input: inputFor(LOCAL) })).toThrow(
      /env, docker, vercel, app/,
    );
    expect(() => renderSetup({ slug: "nope", input: inputFor(LOCAL) })).toThrow(RangeError);
  });
});

describe("setup print", () => {
  const options = { apiUrl: LOCAL, models: [ECHO, THINKER], key: KEY };

  it("prints the page's block", () => {
    const printed = setupPrint({ ...options, client: "lobechat", tab: "docker" });
    const block = renderSetup({
      slug: "lobechat",
      tab: "docker",
      input: inputFor(LOCAL, { smallModelId: ECHO.id }),
    });
    expect(printed).toMatchObject({ ok: true, blocked: false, fileName: "compose.yaml" });
    expect(printed.ok && block.status === "ready" && printed.output === block.text).toBe(true);
  });

  it("prints every client and tab", () => {
    for (const { slug, tabs } of CLIENTS) {
      for (const { id } of tabs) {
        const printed = setupPrint({ ...options, apiUrl: PUBLIC, client: slug, tab: id });
        expect(printed, `${slug} ${id}`).toMatchObject({ ok: true, blocked: false });
      }
    }
  });

  it("names the other half of a block that is not whole by itself", () => {
    const printed = setupPrint({ ...options, client: "codex-cli" });
    expect(printed.ok && printed.notices.join(" ")).toContain("“Terminal”");
    expect(printed.ok && printed.output).not.toContain(KEY);
  });

  it("says what is wrong and what there is", () => {
    expect(setupPrint({ ...options, client: "x" })).toMatchObject({ ok: false, field: "client" });
    expect(setupPrint({ ...options, client: "curl", model: "gpt-x" })).toMatchObject({
      ok: false,
      message: expect.stringContaining("sandbox/echo"),
    });
    expect(setupPrint({ ...options, client: "curl", tab: "x" })).toMatchObject({ ok: false, field: "tab" });
  });

  it("prints the reason where no block can work", () => {
    const printed = setupPrint({ ...options, client: "cursor" });
    expect(printed).toMatchObject({ ok: true, blocked: true, output: expect.stringContaining("Cursor") });
    expect(setupPrint({ ...options, apiUrl: PUBLIC, client: "cursor" })).toMatchObject({
      output: expect.stringContaining(`${PUBLIC}/cursor`),
    });
  });
});
