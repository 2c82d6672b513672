import { describe, expect, it } from "vitest";
import { CLIENTS } from "@/lib/clients/catalogue";
import { renderSetup } from "@/lib/clients/render";
import { CLIENT_RULES } from "@/lib/doctor/client-rules";
import { correctText } from "@/lib/doctor/correct-text";
import { judgeConfig } from "@/lib/doctor/judge-config";
import { keyShape } from "@/lib/doctor/key-shape";
import { readConfig } from "@/lib/doctor/read-config";
import { CAUSES, type DoctorWorld } from "@/lib/doctor/types";
import { KEY, WRONG_CONFIGS } from "@/lib/doctor/wrong-configs.fixture";
import { makeKey, parseKey } from "@/lib/keys/token";
import messages from "@/lib/messages/en/doctor.json";

const WORLD: DoctorWorld = {
  apiRoot: "https://api.tollgate.test",
  siteOrigin: "https://app.tollgate.test",
  modelIds: ["sandbox/echo", "openai/gpt-4o", "anthropic/claude-sonnet-4.5"],
};
const LOCAL: DoctorWorld = {
  ...WORLD,
  apiRoot: "http://localhost:4100",
  siteOrigin: "http://localhost:3000",
};
const REAL = makeKey("inference");
const REAL_MANAGEMENT = makeKey("management");
/** The fixture's stand-ins become keys whose checksum is right, whole or in pieces. */
function withRealKeys(text: string): string {
  const mixed = (key: string) => `${key.slice(0, 10)}${key[11]}${key[10]}${key.slice(12)}`;
  return text
    .replaceAll(KEY, REAL)
    .replaceAll(mixed(KEY), mixed(REAL))
    .replaceAll(`${KEY.slice(0, 20)} ${KEY.slice(20)}`, `${REAL.slice(0, 20)} ${REAL.slice(20)}`)
    .replaceAll(`${KEY.slice(0, 30)}\n${KEY.slice(30)}`, `${REAL.slice(0, 30)}\n${REAL.slice(30)}`)
    .replaceAll(KEY.slice(0, -4), REAL.slice(0, -4))
    .replace(/mk-tg-\w{49}/, REAL_MANAGEMENT);
}

const judge = (paste: string, world = WORLD, client?: string) => {
  const reading = readConfig(paste);
  return { reading, faults: judgeConfig(reading, world, client ?? reading.client) };
};

describe("wrong configurations", () => {
  it("are at least forty, each of its own kind", () => {
    expect(WRONG_CONFIGS.length).toBeGreaterThanOrEqual(40);
    expect(new Set(WRONG_CONFIGS.map(({ what }) => what)).size).toBe(WRONG_CONFIGS.length);
  });

  it.each(WRONG_CONFIGS)("$from: $what", ({ paste, causes, fixed, client }) => {
    const text = withRealKeys(paste);
    const { faults } = judge(text, WORLD, client);
    expect(faults.filter(({ level }) => level === "fault").map(({ cause }) => cause)).toEqual(causes);
    const corrected = correctText(text, faults);
    if (fixed !== null) expect(corrected).toContain(withRealKeys(fixed));
    for (const { found, fixed: right } of faults) {
      expect(`${found} ${right}`).not.toContain(REAL.slice(8, -8));
    }
    if (corrected === null || causes.some((cause) => cause.startsWith("key_") && !corrected.includes(REAL)))
      return;
    // What was put right has that fault no longer.
    const after = judge(corrected, WORLD, client).faults.map(({ cause }) => cause);
    if (fixed !== null) for (const cause of causes) expect(after).not.toContain(cause);
  });
});

describe("right configurations", () => {
  const input = {
    rootUrl: WORLD.apiRoot,
    baseUrl: `${WORLD.apiRoot}/v1`,
    apiKey: REAL,
    models: (WORLD.modelIds ?? []).map((id) => ({
      id,
      displayName: id,
      contextTokens: 128_000,
      maxOutputTokens: 8_192,
      vision: true,
      tools: true,
      reasoning: false,
    })),
    defaultModelId: "sandbox/echo",
    smallModelId: "sandbox/echo",
  };
  const blocks = CLIENTS.flatMap((client) => client.tabs.map((tab) => ({ client, tab })));

  it.each(blocks)("$client.slug, $tab.id: the setup page's own block has no fault", ({ client, tab }) => {
    const block = renderSetup({ slug: client.slug, tab: tab.id, input });
    if (block.status !== "ready") throw new Error(block.reason);
    const { faults } = judge(block.text, WORLD, client.slug);
    expect(faults.filter(({ level }) => level === "fault")).toEqual([]);
  });

  it("agrees with the catalogue about /v1", () => {
    for (const { slug, name, v1 } of CLIENTS) {
      const rule = CLIENT_RULES[slug];
      expect(rule, slug).toBeDefined();
      expect(rule?.name, slug).toBe(name);
      if (rule?.v1 !== "either") expect(rule?.v1, slug).toBe(v1.included ? "with" : "without");
    }
  });
});

describe("an installation on this machine", () => {
  const causes = (paste: string) => judge(paste, LOCAL).faults.map(({ cause }) => cause);

  it("knows its dashboard by the port, and other ports as wrong", () => {
    expect(causes("http://localhost:3000/v1")).toEqual(["dashboard_host"]);
    expect(causes("http://127.0.0.1:4100/v1")).toEqual([]);
    expect(causes("http://localhost:4000/v1")).toEqual(["wrong_port"]);
    expect(causes("https://localhost:4100/v1")).toEqual(["https_not_http"]);
  });

  it("sends a container to the host's name, and a hosted client nowhere", () => {
    const compose = `services:\n  web:\n    environment:\n      OPENAI_PROXY_URL: http://localhost:4100/v1\n      OPENAI_API_KEY: ${REAL}`;
    const { faults } = judge(compose, LOCAL);
    expect(faults.map(({ cause }) => cause)).toEqual(["localhost_container"]);
    expect(correctText(compose, faults)).toContain("http://host.docker.internal:4100/v1");
    const [fault] = judge("Cursor\nOverride OpenAI Base URL: http://localhost:4100/cursor", LOCAL).faults;
    expect(fault).toMatchObject({ cause: "localhost_hosted", fixed: null });
  });
});

describe("keys by their shape", () => {
  it("agrees with the server about every key that it makes, and every one that is mistyped", () => {
    for (let round = 0; round < 200; round++) {
      const key = makeKey(round % 2 ? "inference" : "management");
      expect(keyShape(key).kind).toBe(round % 2 ? "ours" : "management");
      const at = 6 + (round % 49);
      const mistyped = `${key.slice(0, at)}${key[at] === "a" ? "b" : "a"}${key.slice(at + 1)}`;
      expect(parseKey(mistyped)).toBeNull();
      expect(keyShape(mistyped).kind).toBe("mistyped");
    }
  });

  it.each([
    ["sk-ant-api03-abcdefghijklmnop", "Anthropic"],
    ["sk-proj-abcdefghijklmnop", "OpenAI"],
    ["sk-or-v1-abcdefghijklmnop", "OpenRouter"],
    ["AIzaSyA1234567890abcdefghijklmnopqrs", "Google"],
    ["gsk_abcdefghijklmnop", "Groq"],
    ["xai-abcdefghijklmnop", "xAI"],
    ["hf_abcdefghijklmnop", "Hugging Face"],
    ["sk-0123456789abcdef0123456789abcdef", "DeepSeek"],
  ])("%s is %s's", (key, provider) => {
    expect(keyShape(key)).toEqual({ kind: "foreign", provider });
  });

  // biome-ignore lint/suspicious/noTemplateCurlyInString: as people write it.
  it.each(["${GW_API_KEY}", "$OPENAI_API_KEY", "{env:GW_API_KEY}", "${{ secrets.GW_API_KEY }}"])(
    "%s points to a key elsewhere",
    (key) => expect(keyShape(key).kind).toBe("reference"),
  );
});

it("has words for every cause", () => {
  for (const cause of CAUSES) expect(messages.faults[cause], cause).toBeDefined();
  expect(Object.keys(messages.faults).sort()).toEqual([...CAUSES].sort());
});

it("reads anything without falling over", () => {
  for (const paste of [
    "",
    " ",
    "\0",
    "=",
    "a=",
    "[[[",
    '{"a":',
    "sk-",
    "http://",
    "-".repeat(50_000),
    "a=b\n".repeat(9_000),
  ]) {
    expect(() => judge(paste)).not.toThrow();
  }
});
