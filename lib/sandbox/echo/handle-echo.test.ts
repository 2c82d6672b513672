import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { countTokens } from "gpt-tokenizer/encoding/o200k_base";
import OpenAI from "openai";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { handleEcho } from "./handle-echo";

let server: Server;
let base: string;
let client: OpenAI;

beforeAll(async () => {
  server = createServer(async (req, res) => {
    if (!(await handleEcho(req, res))) res.writeHead(404).end("not echo");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  client = new OpenAI({ baseURL: `${base}/echo/v1`, apiKey: "none", maxRetries: 0 });
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const ask = (content: OpenAI.ChatCompletionContentPart[] | string, more: object = {}) =>
  client.chat.completions.create({
    model: "echo",
    messages: [{ role: "user", content }],
    ...more,
  }) as Promise<OpenAI.ChatCompletion>;

describe("the sandbox model", () => {
  it("says what it is, repeats what was said, and counts truly", async () => {
    const answer = await ask("Grüezi 漢字 😀");
    const text = answer.choices[0]?.message.content ?? "";
    expect(text).toContain("sandbox model");
    expect(text).toContain("Grüezi 漢字 😀");
    expect(answer.usage).toEqual({
      prompt_tokens: countTokens("Grüezi 漢字 😀") + 6,
      completion_tokens: countTokens(text),
      total_tokens: countTokens("Grüezi 漢字 😀") + 6 + countTokens(text),
    });
    expect((await ask("Grüezi 漢字 😀")).choices).toEqual(answer.choices);
  });

  it("streams the same in several chunks, with usage for who asks", async () => {
    const plain = await ask("tell me 漢字 and emoji 👩‍👩‍👧🏽🧑‍🚒🫠 in a stream");
    const stream = await client.chat.completions.create({
      model: "echo",
      messages: [{ role: "user", content: "tell me 漢字 and emoji 👩‍👩‍👧🏽🧑‍🚒🫠 in a stream" }],
      stream: true,
      stream_options: { include_usage: true },
    });
    let text = "";
    let chunks = 0;
    let usage: unknown = null;
    for await (const part of stream) {
      text += part.choices[0]?.delta.content ?? "";
      chunks++;
      usage = part.usage ?? usage;
    }
    expect(text).not.toContain("\ufffd");
    expect(chunks).toBeGreaterThan(5);
    expect(usage).toEqual(plain.usage);
    expect(text).toBe(plain.choices[0]?.message.content);
  });

  it("honours the cap", async () => {
    const answer = await ask("write 500 words", { max_tokens: 20 });
    expect(answer.choices[0]?.finish_reason).toBe("length");
    expect(answer.usage?.completion_tokens).toBe(20);
  });

  it("writes as many words as it is asked for", async () => {
    const answer = await ask("Please write 2500 words about nothing.");
    expect(answer.choices[0]?.message.content?.split(" ").length).toBe(2500);
    expect(answer.choices[0]?.finish_reason).toBe("stop");
  });

  it("calls a tool when told to, and reports what it answered", async () => {
    const tools = [
      {
        type: "function",
        function: {
          name: "get_weather",
          parameters: { type: "object", properties: { city: { type: "string" }, days: { type: "integer" } } },
        },
      },
    ];
    const called = await ask("Please call get_weather for Bern", { tools });
    expect(called.choices[0]?.finish_reason).toBe("tool_calls");
    const call = called.choices[0]?.message.tool_calls?.[0];
    expect(call?.type === "function" && JSON.parse(call.function.arguments)).toMatchObject({ days: 1 });
    expect((await ask("hello", { tools })).choices[0]?.finish_reason).toBe("stop");
    const after = await client.chat.completions.create({
      model: "echo",
      messages: [
        { role: "user", content: "call get_weather" },
        { role: "assistant", content: null, tool_calls: called.choices[0]?.message.tool_calls ?? [] },
        { role: "tool", tool_call_id: "call_echo0", content: "sunny" },
      ],
      tools: tools as OpenAI.ChatCompletionTool[],
    });
    expect(after.choices[0]?.message.content).toContain("sunny");
  });

  it("takes images and answers in JSON where that is asked for", async () => {
    const seen = await ask([
      { type: "text", text: "what is this?" },
      { type: "image_url", image_url: { url: "data:image/png;base64,AAAA" } },
    ]);
    expect(seen.choices[0]?.message.content).toContain("1 image");
    const json = await ask("anything", {
      response_format: {
        type: "json_schema",
        json_schema: { name: "x", schema: { type: "object", properties: { ok: { type: "boolean" } } } },
      },
    });
    expect(JSON.parse(json.choices[0]?.message.content ?? "")).toEqual({ ok: true });
  });

  it("refuses what is wrong as OpenAI does, and leaves other paths alone", async () => {
    await expect(ask("x", { max_tokens: -1 })).rejects.toMatchObject({ status: 400, param: "max_tokens" });
    expect((await client.models.list()).data[0]?.id).toBe("echo");
    expect((await fetch(`${base}/echo/v1/nothing`)).status).toBe(404);
    expect(await (await fetch(`${base}/stripe/x`)).text()).toBe("not echo");
  });
});
