import { describe, expect, it } from "vitest";
import { codexFirstTurn, codexKnownModel, codexSecondTurn } from "@/e2e/fakes/responses-codex";
import type { CatalogModel } from "@/lib/catalog/types";
import type { Json } from "@/lib/gateway/dialects/api-request";
import { restoreBlobs } from "@/lib/gateway/dialects/chat/scan-body";
import { GatewayError } from "@/lib/gateway/gateway-error";
import { ResponsesRequest } from "./responses-request";

const model = { reasoning: false, promptCache: false } as CatalogModel;
const parse = (body: Json) =>
  ResponsesRequest.parse(Buffer.from(JSON.stringify({ model: "m", input: "Hi", ...body })));

function chatOf(body: Json, more: Partial<CatalogModel> = {}, capTokens: number | null = null): Json {
  return parse(body).toChat({ upstreamId: "up", model: { ...model, ...more }, capTokens });
}
const messagesOf = (input: unknown, instructions?: string) => chatOf({ input, instructions }).messages;

function refusal(body: Json): GatewayError {
  try {
    chatOf(body);
  } catch (error) {
    if (error instanceof GatewayError) return error;
    throw error;
  }
  throw new Error("it was not refused");
}

describe("Codex over a chat completion", () => {
  it("its first turn: one system message, texts as texts, every tool a function, nothing that strict upstreams refuse", () => {
    const chat = chatOf(codexFirstTurn("m"));
    expect(chat.messages).toEqual([
      { role: "system", content: "<permissions>read only</permissions>\n\nYou are a coding agent." },
      { role: "user", content: "<environment_context>/repo</environment_context>\n\nsay PONG" },
    ]);
    expect((chat.tools as { type: string; function: Json }[]).map((tool) => tool.function.name)).toEqual([
      "exec_command",
      "write_stdin",
      "request_user_input",
      "view_image",
      "get_goal",
      "create_goal",
      "update_goal",
      "multi_agent_v1__spawn_agent",
      "multi_agent_v1__wait_agent",
    ]);
    expect((chat.tools as Json[])[0]).toEqual({
      type: "function",
      function: {
        name: "exec_command",
        description: "What exec_command does.",
        parameters: {
          type: "object",
          properties: { cmd: { type: "string" } },
          required: [],
          additionalProperties: false,
        },
      },
    });
    expect(Object.keys(chat).sort()).toEqual(["messages", "model", "stream", "stream_options", "tools"]);
    expect(chat).toMatchObject({ model: "up", stream: true, stream_options: { include_usage: true } });
  });

  it("its second turn: the calls in one message, the outputs after it", () => {
    const answered = [
      { type: "reasoning", id: "rs_1", summary: [{ type: "summary_text", text: "Two looks." }] },
      {
        type: "message",
        id: "msg_3",
        role: "assistant",
        content: [{ type: "output_text", text: "Looking." }],
      },
      { type: "function_call", id: "fc_1", call_id: "a", name: "exec_command", arguments: '{"cmd":"ls"}' },
      {
        type: "function_call",
        id: "fc_2",
        call_id: "b",
        name: "spawn_agent",
        namespace: "multi_agent_v1",
        arguments: "{}",
      },
    ];
    const { messages } = chatOf(codexSecondTurn("m", answered, "done"));
    expect((messages as Json[]).slice(2)).toEqual([
      {
        role: "assistant",
        content: "Looking.",
        reasoning_content: "Two looks.",
        tool_calls: [
          { id: "a", type: "function", function: { name: "exec_command", arguments: '{"cmd":"ls"}' } },
          { id: "b", type: "function", function: { name: "multi_agent_v1__spawn_agent", arguments: "{}" } },
        ],
      },
      { role: "tool", tool_call_id: "a", content: "done" },
      { role: "tool", tool_call_id: "b", content: "done" },
    ]);
  });

  it("a model of its catalogue: the tools that are an item, a custom tool with its grammar", () => {
    const chat = chatOf(codexKnownModel("m"), { reasoning: true });
    const tools = chat.tools as { function: Json }[];
    expect(tools.map((tool) => tool.function.name)).toEqual([
      "functions__exec",
      "functions__wait",
      "clock__now",
      "collaboration__spawn_agent",
    ]);
    expect(tools[0]?.function.description).toBe(
      "Runs code.\n\n`input` must follow this Lark grammar:\nstart: /(.|\\n)+/",
    );
    expect(tools[0]?.function.parameters).toMatchObject({ required: ["input"] });
    expect(chat).toMatchObject({ reasoning_effort: "medium", verbosity: "low" });
    const plain = chatOf(codexKnownModel("m"));
    for (const field of ["reasoning_effort", "verbosity"]) expect(plain).not.toHaveProperty(field);
  });
});

describe("items as messages", () => {
  it("a text is the user's, instructions come first", () => {
    expect(messagesOf("Hi", "Be brief.")).toEqual([
      { role: "system", content: "Be brief." },
      { role: "user", content: "Hi" },
    ]);
  });

  it("system messages in the middle stay there", () => {
    const messages = messagesOf([
      { role: "developer", content: "a" },
      { role: "user", content: "b" },
      { role: "developer", content: "c" },
    ]);
    expect(messages).toEqual([
      { role: "system", content: "a" },
      { role: "user", content: "b" },
      { role: "system", content: "c" },
    ]);
  });

  it("pictures, files and sound are parts; long data arrives whole", () => {
    const url = `data:image/png;base64,${"A".repeat(30_000)}`;
    const request = parse({
      input: [
        {
          role: "user",
          content: [
            { type: "input_text", text: "Look" },
            { type: "input_image", image_url: url, detail: "original" },
            { type: "input_image", image_url: "https://a.example/b.png", detail: null },
            { type: "input_file", filename: "a.pdf", file_data: "data:application/pdf;base64,AAAA" },
            { type: "input_audio", input_audio: { data: "AAAA", format: "wav" } },
          ],
        },
      ],
    });
    const chat = request.toChat({ upstreamId: "up", model, capTokens: null });
    const restored = JSON.parse(restoreBlobs(JSON.stringify(chat), request.bytes, request.scan).toString());
    expect(restored.messages[0].content).toEqual([
      { type: "text", text: "Look" },
      { type: "image_url", image_url: { url, detail: "high" } },
      { type: "image_url", image_url: { url: "https://a.example/b.png" } },
      { type: "file", file: { filename: "a.pdf", file_data: "data:application/pdf;base64,AAAA" } },
      { type: "input_audio", input_audio: { data: "AAAA", format: "wav" } },
    ]);
  });

  it("outputs follow their calls wherever they stood, with pictures in them", () => {
    const messages = messagesOf([
      { type: "function_call", call_id: "a", name: "f", arguments: "{}" },
      { type: "custom_tool_call", call_id: "b", name: "g", input: 'say "x"' },
      {
        type: "function_call_output",
        call_id: "a",
        output: [
          { type: "input_text", text: "one" },
          { type: "input_image", image_url: "https://a.example/a.png" },
        ],
      },
      { role: "user", content: "And?" },
      { type: "custom_tool_call_output", call_id: "b", output: [{ type: "input_text", text: "two" }] },
    ]);
    expect(messages).toEqual([
      {
        role: "assistant",
        content: null,
        tool_calls: [
          { id: "a", type: "function", function: { name: "f", arguments: "{}" } },
          { id: "b", type: "function", function: { name: "g", arguments: '{"input":"say \\"x\\""}' } },
        ],
      },
      {
        role: "tool",
        tool_call_id: "a",
        content: [
          { type: "text", text: "one" },
          { type: "image_url", image_url: { url: "https://a.example/a.png" } },
        ],
      },
      { role: "tool", tool_call_id: "b", content: "two" },
      { role: "user", content: "And?" },
    ]);
  });

  it("calls and outputs without one another are refused, as OpenAI does", () => {
    const call = { type: "function_call", call_id: "a", name: "f", arguments: "{}" };
    expect(refusal({ input: [{ type: "function_call_output", call_id: "zz", output: "1" }] })).toMatchObject({
      code: "invalid_request_error",
      param: "input[0]",
    });
    expect(refusal({ input: [{ role: "user", content: "Hi" }, call] })).toMatchObject({ param: "input[1]" });
  });

  it("thoughts go back only where and as they came; refusals stay, unknown items go", () => {
    const sealed = (what: Json) => `tg1:${JSON.stringify(what)}`;
    const thought = (text: string, encrypted_content?: string) => ({
      type: "reasoning",
      id: "rs_1",
      summary: [{ type: "summary_text", text }],
      ...(encrypted_content === undefined ? {} : { encrypted_content }),
    });
    const said = (...thoughts: Json[]) =>
      (messagesOf([...thoughts, { role: "assistant", content: "Yes" }]) as Json[])[0];
    const yes = { role: "assistant", content: "Yes" };
    expect(said(thought("OpenAI's", "gAAA"))).toEqual(yes);
    expect(said(thought("bare"))).toEqual({ ...yes, reasoning_content: "bare" });
    expect(said(thought("a", sealed({ field: "reasoning" })))).toEqual({ ...yes, reasoning: "a" });
    const details = [{ type: "reasoning.text", text: "b", signature: "s" }];
    expect(said(thought("b", sealed({ details })))).toEqual({ ...yes, reasoning_details: details });

    const messages = messagesOf([
      { role: "assistant", content: [{ type: "refusal", refusal: "No" }] },
      { type: "web_search_call", id: "ws_1", status: "completed" },
      { type: "of_a_later_year" },
      {
        type: "local_shell_call",
        call_id: "s",
        action: { type: "exec", command: ["ls"], env: {} },
        status: "completed",
      },
      { type: "function_call_output", call_id: "s", output: "a.txt" },
      { role: "user", content: "Why?" },
      thought("left alone"),
    ]);
    expect(messages).toEqual([
      { role: "assistant", content: null, refusal: "No" },
      { role: "user", content: "Why?" },
    ]);
  });

  it("a damaged seal is no thought; a compaction belongs to who made it", () => {
    const messages = messagesOf([
      { type: "reasoning", id: "rs_1", summary: [], encrypted_content: 'tg1:{"details":[{"type"' },
      { role: "assistant", content: "Hm" },
    ]);
    expect(messages).toEqual([{ role: "assistant", content: "Hm" }]);
    const error = refusal({
      input: [
        { type: "compaction", encrypted_content: "x" },
        { role: "user", content: "Hi" },
      ],
    });
    expect(error).toMatchObject({ code: "unsupported_capability", param: "input[0]" });
    const trigger = refusal({ input: [{ role: "user", content: "Hi" }, { type: "compaction_trigger" }] });
    expect(trigger).toMatchObject({ code: "unsupported_capability", param: "input[1]" });
  });
});

describe("a search for deferred tools, which the client runs", () => {
  const search = {
    type: "tool_search",
    execution: "client",
    description: "Finds tools.",
    parameters: { type: "object" },
  };
  const found = {
    type: "namespace",
    name: "agents",
    description: "",
    tools: [{ type: "function", name: "spawn" }],
  };

  it("is a function to the model, and its own kind of call to the client", () => {
    const request = parse({ tools: [search] });
    const chat = request.toChat({ upstreamId: "up", model, capTokens: null });
    expect(chat.tools).toEqual([
      {
        type: "function",
        function: { name: "tool_search", description: "Finds tools.", parameters: { type: "object" } },
      },
    ]);
    const calls = [{ id: "a", function: { name: "tool_search", arguments: '{"query":"agents"}' } }];
    const { output } = request.fromCompletion(
      { choices: [{ message: { tool_calls: calls }, finish_reason: "tool_calls" }] },
      { tokens: {} as never, chargedNano: 0n, finishReason: "tool_calls" },
    );
    expect(output).toMatchObject([
      {
        type: "tool_search_call",
        status: "completed",
        call_id: "a",
        execution: "client",
        arguments: { query: "agents" },
      },
    ]);
    const next = chatOf({
      tools: [search],
      input: [
        { role: "user", content: "Hi" },
        ...(output as Json[]),
        {
          type: "tool_search_output",
          call_id: "a",
          execution: "client",
          status: "completed",
          tools: [found],
        },
      ],
    });
    expect((next.tools as { function: Json }[]).map((tool) => tool.function.name)).toEqual([
      "tool_search",
      "agents__spawn",
    ]);
    expect((next.messages as Json[]).slice(1)).toEqual([
      {
        role: "assistant",
        content: null,
        tool_calls: [
          { id: "a", type: "function", function: { name: "tool_search", arguments: '{"query":"agents"}' } },
        ],
      },
      { role: "tool", tool_call_id: "a", content: "These tools can be called now: agents__spawn" },
    ]);
  });

  it("is left out where the provider would run it", () => {
    expect(chatOf({ tools: [{ type: "tool_search" }] })).not.toHaveProperty("tools");
  });
});

describe("the rest of a call", () => {
  const f = { type: "function", name: "f", parameters: { type: "object" }, strict: true };
  const g = { type: "custom", name: "g" };

  it("output cap, schema, logprobs, sampling", () => {
    const schema = { name: "s", schema: { type: "object" }, strict: true };
    const chat = chatOf({
      max_output_tokens: 70,
      temperature: 0.2,
      top_p: 0.9,
      user: "u",
      top_logprobs: 3,
      text: { format: { type: "json_schema", ...schema } },
      metadata: { a: "b" },
      truncation: "auto",
      usage: { include: true },
    });
    expect(chat).toMatchObject({
      max_tokens: 70,
      temperature: 0.2,
      top_p: 0.9,
      user: "u",
      logprobs: true,
      top_logprobs: 3,
      response_format: { type: "json_schema", json_schema: schema },
    });
    for (const gone of ["metadata", "truncation", "usage", "store", "stream"])
      expect(chat).not.toHaveProperty(gone);
    expect(chatOf({ max_output_tokens: 70 }, { reasoning: true }, 50)).toMatchObject({
      max_completion_tokens: 50,
    });
    expect(chatOf({ text: { format: { type: "json_object" } } }).response_format).toEqual({
      type: "json_object",
    });
    expect(chatOf({ prompt_cache_key: "k" })).not.toHaveProperty("prompt_cache_key");
    expect(chatOf({ prompt_cache_key: "k" }, { promptCache: true }).prompt_cache_key).toBe("k");
  });

  it("which tool to use", () => {
    const choice = (tool_choice: unknown) => {
      const chat = chatOf({ tools: [f, g], tool_choice, parallel_tool_calls: false });
      return [chat.tool_choice, (chat.tools as { function: Json }[]).map((tool) => tool.function.name)];
    };
    const both = ["f", "g"];
    expect(choice("auto")).toEqual([undefined, both]);
    expect(choice("none")).toEqual(["none", both]);
    expect(choice("required")).toEqual(["required", both]);
    expect(choice({ type: "function", name: "f" })).toEqual([
      { type: "function", function: { name: "f" } },
      both,
    ]);
    expect(choice({ type: "custom", name: "g" })).toEqual([
      { type: "function", function: { name: "g" } },
      both,
    ]);
    const allowed = { type: "allowed_tools", tools: [{ type: "custom", name: "g" }] };
    expect(choice({ ...allowed, mode: "required" })).toEqual(["required", ["g"]]);
    expect(choice({ ...allowed, mode: "auto" })).toEqual([undefined, ["g"]]);
    expect(chatOf({ tools: [f], parallel_tool_calls: false }).parallel_tool_calls).toBe(false);
    expect(chatOf({ tool_choice: "auto", parallel_tool_calls: false })).not.toHaveProperty(
      "parallel_tool_calls",
    );
    expect(refusal({ tools: [f, { type: "apply_patch" }], tool_choice: { type: "apply_patch" } }).code).toBe(
      "unsupported_capability",
    );
  });

  it("names too long for a function, or the same as another's, are found again", () => {
    const inner = { type: "function", name: "x".repeat(60) };
    const request = parse({
      tools: [
        { type: "namespace", name: "space", description: "", tools: [inner] },
        { type: "function", name: "a__b" },
        { type: "namespace", name: "a", description: "", tools: [{ type: "function", name: "b" }] },
      ],
    });
    const chat = request.toChat({ upstreamId: "up", model, capTokens: null });
    const names = (chat.tools as { function: { name: string } }[]).map((tool) => tool.function.name);
    expect(new Set(names).size).toBe(3);
    for (const name of names) expect(name).toMatch(/^[a-zA-Z0-9_-]{1,64}$/);
    const calls = names.map((name, i) => ({ id: `c${i}`, function: { name, arguments: "{}" } }));
    const response = request.fromCompletion(
      { choices: [{ message: { tool_calls: calls }, finish_reason: "tool_calls" }] },
      { tokens: {} as never, chargedNano: 0n, finishReason: "tool_calls" },
    );
    expect(response.output).toMatchObject([
      { name: inner.name, namespace: "space" },
      { name: "a__b" },
      { name: "b", namespace: "a" },
    ]);
  });
});
