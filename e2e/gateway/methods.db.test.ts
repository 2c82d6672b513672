import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Customer, type GatewayWorld, startWorld } from "@/e2e/gateway/world";

let world: GatewayWorld;
let customer: Customer;
let origin = "";

beforeAll(async () => {
  world = await startWorld(["ok"]);
  customer = await world.customer();
  origin = world.baseUrl.replace("/v1", "");
});
afterAll(() => world.stop());

const POSTED = [
  "chat/completions",
  "completions",
  "responses",
  "messages",
  "messages/count_tokens",
  "embeddings",
]
  .map((name) => `/v1/${name}`)
  .concat("/cursor/chat/completions", "/openai/deployments/ok/chat/completions?api-version=2026-01-01");
const READ = [
  "/v1/models",
  "/v1/models/ok",
  "/v1/key",
  "/v1/credits",
  "/cursor/models",
  "/v1/v1/models",
  "/models",
];
const OPEN = ["/", "/v1", "/api/hello", "/api/pricing", "/healthz", "/readyz"];
const NOWHERE = ["/nothing", "/v1/nothing", "/v1beta/models", "/favicon.ico"];

async function ask(method: string, path: string, headers: Record<string, string> = {}) {
  const response = await fetch(origin + path, {
    method,
    headers: { authorization: `Bearer ${customer.secret}`, ...headers },
  });
  expect(response.headers.get("x-request-id")).toMatch(/^req_/);
  expect(response.headers.get("access-control-allow-origin")).toBe("*");
  for (const name of ["x-request-id", "x-request-cost", "retry-after", "x-max-tokens-clamped"]) {
    expect(response.headers.get("access-control-expose-headers")).toContain(name);
  }
  return { status: response.status, headers: response.headers, text: await response.text() };
}

describe.each([...POSTED, ...READ, ...OPEN, ...NOWHERE, "/v1/generation?id=x"])("%s", (path) => {
  it("answers a browser's preflight without a key, whatever it wants to send", async () => {
    const wanted = "authorization,content-type,anthropic-version,x-api-key,x-stainless-retry-count";
    const { status, headers, text } = await ask("OPTIONS", path, {
      authorization: "",
      origin: "https://chat.example",
      "access-control-request-method": "POST",
      "access-control-request-headers": wanted,
    });
    expect([status, text]).toEqual([204, ""]);
    expect(headers.get("access-control-allow-headers")).toBe(wanted);
    expect(headers.get("access-control-allow-methods")).toMatch(/GET.*POST/);
    expect(Number(headers.get("access-control-max-age"))).toBeGreaterThan(0);
  });

  it("answers HEAD as it would GET, without a body", async () => {
    const head = await ask("HEAD", path);
    expect([head.status, head.text]).toEqual([(await ask("GET", path)).status, ""]);
    expect(head.headers.get("content-type")).toBe("application/json");
  });
});

describe("another method", () => {
  const wrong = [
    ...POSTED.flatMap((path) => ["GET", "PUT", "DELETE", "PATCH"].map((method) => [method, path, "POST"])),
    ...READ.concat("/v1/generation", "/", "/v1").flatMap((path) =>
      ["POST", "PUT", "DELETE"].map((method) => [method, path, "GET"]),
    ),
  ];
  it.each(wrong)("%s %s is an error in JSON that names %s and the base URL", async (method, path, right) => {
    const { status, headers, text } = await ask(method, path);
    const { error } = JSON.parse(text);
    expect([status, error.code, headers.get("x-should-retry")]).toEqual([404, "not_found", "false"]);
    expect(error.message).toContain(`takes ${right}, not ${method}.`);
    expect([error.base_url, error.request_id]).toEqual([
      "http://localhost:4100/v1",
      headers.get("x-request-id"),
    ]);
  });

  it("POST to the base URL itself learns where calls go", async () => {
    for (const path of ["/", "/v1", "/v1/"]) {
      const { text } = await ask("POST", path);
      expect(JSON.parse(text).error.message).toContain("http://localhost:4100/v1/chat/completions");
    }
  });

  it("is told in Anthropic's shape to Anthropic's clients", async () => {
    for (const [path, headers] of [
      ["/v1/messages", {}],
      ["/v1/messages/count_tokens", {}],
      ["/v1/nothing", { "anthropic-version": "2026-10-21" }],
      ["/v1/models/nope", { "anthropic-version": "2023-06-01" }],
    ] as const) {
      const { status, text, headers: got } = await ask("GET", path, headers);
      const id = got.get("x-request-id");
      expect([status, JSON.parse(text)]).toMatchObject([
        404,
        { type: "error", error: { type: "not_found_error", request_id: id }, request_id: id },
      ]);
    }
  });
});
