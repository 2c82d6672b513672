import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { makeDrivers } from "@/e2e/gateway/sdk/drivers";
import { FINAL, MockProviders, REFUSED, TEXT } from "@/e2e/gateway/sdk/providers";
import { type Customer, callRows, type GatewayWorld, startWorld, until } from "@/e2e/gateway/world";
import type { Ctx } from "@/lib/actor";
import { addConnection } from "@/lib/catalog/add-connection";
import { addModel } from "@/lib/catalog/add-model";
import { newId } from "@/lib/ids";

const ctx: Ctx = { actor: { kind: "cli" }, workspaceId: "", requestId: newId("req") };
/** Eight by eight pixels. */
const PIXELS =
  "iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAAEUlEQVR4nGP4z8CAFWEXHbQSACj/P8Fu7N9hAAAAAElFTkSuQmCC";
const KINDS = ["openai-compatible", "openai-responses", "azure", "anthropic", "google"] as const;
const NAMES = makeDrivers({ baseUrl: "http://127.0.0.1:9/v1", secret: "x" }).map(({ name }) => name);

let providers: MockProviders;
let world: GatewayWorld;
let customer: Customer;

beforeAll(async () => {
  providers = await new MockProviders().start();
  const { origin } = providers;
  const common = { key: "sk-upstreamsecret1", allowPrivate: true } as const;
  await addConnection(ctx, {
    ...common,
    name: "openai-compatible",
    kind: "openai-compatible",
    url: `${origin}/v1`,
  });
  await addConnection(ctx, {
    ...common,
    name: "openai-responses",
    kind: "openai-compatible",
    url: `${origin}/v1`,
    dialects: ["responses"],
  });
  await addConnection(ctx, {
    ...common,
    name: "azure",
    kind: "azure",
    url: origin,
    apiVersion: "2024-10-21",
  });
  await addConnection(ctx, { ...common, name: "anthropic", kind: "anthropic", url: origin });
  await addConnection(ctx, { ...common, name: "google", kind: "google", url: origin });
  for (const connection of KINDS) {
    await addModel(ctx, {
      id: `mock/${connection}`,
      connection,
      upstreamId: connection === "azure" ? "deployment-1" : `${connection}-model`,
      inputUsdPerMillion: "1",
      outputUsdPerMillion: "2",
      contextTokens: 128_000,
      maxOutputTokens: 8_192,
      tools: true,
      vision: true,
      structuredOutput: true,
    });
  }
  world = await startWorld([], { firstByteTimeoutMs: 5_000 });
  customer = await world.customer();
});
afterAll(async () => {
  await world.stop();
  await providers.stop();
});
beforeEach(() => {
  providers.bodies.length = 0;
});

function driver(name: string, secret = customer.secret) {
  const found = makeDrivers({ baseUrl: world.baseUrl, secret }).find((one) => one.name === name);
  if (!found) throw new Error(`no driver ${name}`);
  return found;
}

const sent = () => providers.bodies.join("\n");

describe.each(NAMES)("the client %s", (name) => {
  describe.each(KINDS)("on an upstream of kind %s", (kind) => {
    const model = `mock/${kind}`;

    it.each([false, true])("gets text and usage (stream: %s), each call charged once", async (stream) => {
      const who = await world.customer();
      const answer = await driver(name, who.secret).ask(model, { prompt: "say hello", stream });
      expect(answer).toEqual({ text: TEXT, calls: [], inputTokens: 11, outputTokens: 7 });
      await until(async () => (await callRows(who.workspaceId)).length > 0);
      const rows = await callRows(who.workspaceId);
      expect(rows).toHaveLength(1);
      expect(rows[0]).toMatchObject({ outcome: "ok", measured: true, input_tokens: 11n, output_tokens: 7n });
      // 11 tokens at $1 and 7 at $2 per million.
      expect(rows[0]?.cost_nano).toBe(25_000n);
    });

    it.each([false, true])("calls a tool and takes its result (stream: %s)", async (stream) => {
      const ask = { prompt: "the weather in Oslo please", stream, tools: true };
      const first = await driver(name).ask(model, ask);
      expect(first.calls).toEqual([
        { id: expect.stringMatching(/.+/), name: "weather", input: { city: "Oslo" } },
      ]);
      const second = await driver(name).answerTools(model, ask, first, "sunny, 21 degrees");
      expect(second.text).toBe(FINAL);
      expect(sent()).toContain("sunny, 21 degrees");
    });

    it.each([false, true])("calls two tools at once, told apart by id (stream: %s)", async (stream) => {
      const ask = { prompt: "the weather in Oslo and Rome", stream, tools: true };
      const first = await driver(name).ask(model, ask);
      expect(first.calls.map(({ input }) => input)).toEqual([{ city: "Oslo" }, { city: "Rome" }]);
      expect(new Set(first.calls.map(({ id }) => id)).size).toBe(2);
      const second = await driver(name).answerTools(model, ask, first, "mild");
      expect(second.text).toBe(FINAL);
    });

    it("sends a picture whole", async () => {
      const prompt = "what is on the picture";
      const answer = await driver(name).ask(model, { prompt, stream: true, image: PIXELS });
      expect(answer.text).toBe(TEXT);
      expect(sent()).toContain(PIXELS);
    });

    it("sends a schema and gets its object", async () => {
      const answer = await driver(name).ask(model, {
        prompt: "which place",
        stream: false,
        structured: true,
      });
      expect(JSON.parse(answer.text)).toEqual({ city: "Oslo" });
      // The AI SDK asks an Anthropic model that it does not know by a tool; the others by their own formats.
      expect(sent()).toMatch(/"city":\{"type":"string"\}/i);
    });

    it.each([false, true])("is told why a request was refused (stream: %s)", async (stream) => {
      await expect(driver(name).ask(model, { prompt: "be refused", stream })).rejects.toThrow(REFUSED);
    });

    it.each([false, true])("is told that an upstream broke, not how (stream: %s)", async (stream) => {
      const failure = await driver(name)
        .ask(model, { prompt: "break down", stream })
        .catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(Error);
      const shown = JSON.stringify(failure, Object.getOwnPropertyNames(failure));
      expect(shown).not.toContain("secret inner fault");
      expect(shown).toMatch(/upstream_unavailable|unavailable|provider/i);
    });
  });

  it("gets the errors of its own kind for a wrong key, an unknown model and no credit", async () => {
    const ask = { prompt: "say hello", stream: false };
    const model = "mock/openai-compatible";
    const status = (error: unknown) =>
      (error as { status?: number; statusCode?: number }).status ??
      (error as { statusCode?: number }).statusCode;
    const failure = (secret: string, id: string) =>
      driver(name, secret)
        .ask(id, ask)
        .then(
          () => null,
          (error: unknown) => error,
        );
    expect(status(await failure(`${customer.secret.slice(0, -1)}_`, model))).toBe(401);
    const unknown = await failure(customer.secret, "mock/openai-compatibel");
    expect(status(unknown)).toBe(404);
    expect(String((unknown as Error).message)).toContain("mock/openai-compatible");
    const poor = await world.customer(0n);
    const broke = await failure(poor.secret, model);
    expect(status(broke)).toBe(
      name.includes("anthropic") ? 402 : name === "openai responses" || name === "ai openai" ? 429 : 403,
    );
    expect(String((broke as Error).message)).toMatch(/credit/i);
  });
});
