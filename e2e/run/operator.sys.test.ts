import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import OpenAI from "openai";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type System, startSystem } from "@/e2e/harness/system";

/** An operator with a terminal and nothing else: connects an endpoint, publishes a model, sells a call. */
let system: System;
let upstream: Server;
let upstreamUrl = "";
const seen: { authorization: string | undefined; model: string }[] = [];

beforeAll(async () => {
  upstream = createServer((req, res) => {
    let text = "";
    req.on("data", (chunk) => {
      text += chunk;
    });
    req.on("end", () => {
      const { model } = JSON.parse(text) as { model: string };
      seen.push({ authorization: req.headers.authorization, model });
      res.writeHead(200, { "content-type": "application/json", "set-cookie": "secret=upstream" });
      res.end(
        JSON.stringify({
          id: "chatcmpl-1",
          object: "chat.completion",
          created: 1_700_000_000,
          model,
          choices: [
            { index: 0, message: { role: "assistant", content: "From upstream" }, finish_reason: "stop" },
          ],
          usage: { prompt_tokens: 1_000, completion_tokens: 500, total_tokens: 1_500 },
        }),
      );
    });
  });
  await new Promise<void>((resolve) => upstream.listen(0, "127.0.0.1", resolve));
  upstreamUrl = `http://127.0.0.1:${(upstream.address() as AddressInfo).port}/v1`;
  system = await startSystem();
}, 300_000);

afterAll(async () => {
  await system?.stop();
  upstream?.close();
});

const EMAIL = "customer@example.com";
const PASSWORD = "a quiet harbour at dawn";

async function ok(...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await system.cli(...args);
  expect(code, `${args.slice(0, 2).join(" ")}: ${stderr}${stdout}`).toBe(0);
  return stdout.trim();
}

describe("the command line, on the database of a running system", () => {
  test("connects an endpoint, publishes a model at a price, makes a customer, a credit and a key, and the call costs exactly that", async () => {
    await ok(
      "connections",
      "add",
      "--name",
      "mine",
      "--kind",
      "openai-compatible",
      "--url",
      upstreamUrl,
      "--key",
      "sk-upstream-1",
      "--private-network",
    );
    const price = ["--input-usd-per-million", "2.75", "--output-usd-per-million", "11"];
    await ok(
      "models",
      "add",
      "--id",
      "acme/large",
      "--connection",
      "mine",
      "--upstream-id",
      "large-2026",
      "--context",
      "128000",
      "--max-output",
      "4096",
      "--tools",
      ...price,
    );
    expect(await ok("models", "list")).toContain("acme/large");
    expect(await ok("connections", "list")).not.toContain("sk-upstream-1");

    await ok("users", "create", "--email", EMAIL, "--password", PASSWORD);
    await ok("credits", "grant", "--email", EMAIL, "--usd", "1", "--reason", "welcome");
    const key = await ok(
      "keys",
      "create",
      "--email",
      EMAIL,
      "--name",
      "cli",
      "--models",
      "acme/large",
      "--rpm",
      "100",
    );
    expect(key).toMatch(/^sk-tg-\w{49}$/);

    const client = new OpenAI({ apiKey: key, baseURL: `${system.apiUrl}/v1`, maxRetries: 0 });
    expect((await client.models.list()).data.map((model) => model.id)).toEqual(["acme/large"]);
    const { data, response } = await client.chat.completions
      .create({ model: "acme/large", messages: [{ role: "user", content: "Hello" }] })
      .withResponse();
    expect(data.choices[0]?.message.content).toBe("From upstream");
    // 1,000 x $2.75 + 500 x $11 per million.
    expect(response.headers.get("x-request-cost")).toBe("0.00825");
    expect(response.headers.get("set-cookie")).toBeNull();
    expect(seen).toEqual([{ authorization: "Bearer sk-upstream-1", model: "large-2026" }]);
    await expect(
      client.chat.completions.create({
        model: "sandbox/echo",
        messages: [{ role: "user", content: "Hello" }],
      }),
    ).rejects.toMatchObject({ status: 403, code: "model_not_allowed" });

    const credits = await system.cliJson<Record<string, unknown>>("credits", "show", "--email", EMAIL);
    expect(JSON.stringify(credits)).toContain("0.99175");
    expect(await ok("usage", "show", "--email", EMAIL)).toContain("acme/large");

    const block = await ok("setup", "print", "--client", "lobechat", "--key", key, "--model", "acme/large");
    expect(block).toContain(`OPENAI_PROXY_URL=${system.apiUrl}/v1`);
    expect(block).toContain("acme/large");
    expect((await system.cli("ledger", "check")).code).toBe(0);

    const [listed] = await system.cliJson<{ id: string }[]>("keys", "list", "--email", EMAIL);
    const rotated = await ok("keys", "rotate", "--id", listed?.id ?? "", "--overlap", "1h");
    for (const secret of [key, rotated]) {
      const answer = await fetch(`${system.apiUrl}/v1/models`, {
        headers: { authorization: `Bearer ${secret}` },
      });
      expect(answer.status).toBe(200);
    }
    await ok("keys", "revoke", "--id", listed?.id ?? "");
    await expect
      .poll(
        async () =>
          (await fetch(`${system.apiUrl}/v1/models`, { headers: { authorization: `Bearer ${rotated}` } }))
            .status,
        {
          timeout: 1_000,
          interval: 50,
        },
      )
      .toBe(401);
  }, 120_000);

  test.each([
    [["credits", "grant", "--email", EMAIL, "--usd", "-5", "--reason", "x"]],
    [["credits", "grant", "--email", EMAIL, "--usd", "NaN", "--reason", "x"]],
    [["credits", "grant", "--email", "nobody@example.com", "--usd", "5", "--reason", "x"]],
    [["keys", "revoke", "--id", "key_none"]],
    [
      [
        "models",
        "add",
        "--id",
        "a=b",
        "--connection",
        "mine",
        "--upstream-id",
        "x",
        "--context",
        "1",
        "--input-usd-per-million",
        "1",
        "--output-usd-per-million",
        "1",
      ],
    ],
    [["connections", "add", "--name", "x", "--kind", "openai-compatible", "--url", "ftp://example.com"]],
    [
      [
        "connections",
        "add",
        "--name",
        "self",
        "--kind",
        "openai-compatible",
        "--url",
        "SELF",
        "--private-network",
      ],
    ],
  ])(
    "%j is refused in a sentence and writes nothing",
    async (args) => {
      const { code, stdout, stderr } = await system.cli(
        ...args.map((arg) => (arg === "SELF" ? `${system.apiUrl}/v1` : arg)),
      );
      expect(code).toBeGreaterThan(0);
      expect(stderr.trim().length).toBeGreaterThan(10);
      expect(stderr).not.toMatch(/\bat .*:\d+:\d+/);
      expect(stdout).toBe("");
    },
    30_000,
  );
});
