import { describe, expect, it } from "vitest";
import { codexFirstTurn, codexKnownModel } from "@/e2e/fakes/responses-codex";
import type { Json } from "@/lib/gateway/dialects/api-request";
import { GatewayError } from "@/lib/gateway/gateway-error";
import { parseResponses } from "./parse-responses";
import { ResponsesRequest } from "./responses-request";

const parse = (body: Json) =>
  parseResponses(Buffer.from(JSON.stringify({ model: "m", input: "Hi", ...body })));

function refusal(body: Json | string): GatewayError {
  const text = typeof body === "string" ? body : JSON.stringify({ model: "m", input: "Hi", ...body });
  try {
    parseResponses(Buffer.from(text));
  } catch (error) {
    if (error instanceof GatewayError) return error;
    throw error;
  }
  throw new Error("it was not refused");
}

describe("what is refused, by name", () => {
  it.each([
    ["previous_response_id", { previous_response_id: "resp_1" }],
    ["conversation", { conversation: "conv_1" }],
    ["conversation", { conversation: { id: "conv_1" } }],
    ["background", { background: true }],
    ["prompt", { prompt: { id: "pmpt_1" } }],
    ["service_tier", { service_tier: "flex" }],
    ["n", { n: 2 }],
    ["max_tokens", { max_tokens: 5 }],
    ["max_completion_tokens", { max_completion_tokens: 5 }],
    ["response_format", { response_format: { type: "json_object" } }],
    ["messages", { input: undefined, messages: [{ role: "user", content: "Hi" }] }],
    ["input", { input: undefined }],
    ["input", { input: [] }],
    ["input", { input: 5 }],
    ["input[0]", { input: ["Hi"] }],
    ["input[0].role", { input: [{ type: "message", content: "Hi" }] }],
    ["input[0].content", { input: [{ role: "user", content: 5 }] }],
    ["input[0].content[0]", { input: [{ role: "user", content: ["Hi"] }] }],
    [
      "input[1]",
      {
        input: [
          { role: "user", content: "Hi" },
          { type: "item_reference", id: "msg_1" },
        ],
      },
    ],
    ["input[0]", { input: [{ id: "rs_1" }] }],
    ["input[0].arguments", { input: [{ type: "function_call", call_id: "a", name: "f" }] }],
    ["input[0].call_id", { input: [{ type: "function_call_output", output: "4" }] }],
    [
      "input[0].content[0].file_id",
      { input: [{ role: "user", content: [{ type: "input_file", file_id: "f" }] }] },
    ],
    [
      "input[0].content[0].file_id",
      { input: [{ role: "user", content: [{ type: "input_image", file_id: "f" }] }] },
    ],
    [
      "input[0].content[0].file_url",
      { input: [{ role: "user", content: [{ type: "input_file", file_url: "https://a.example" }] }] },
    ],
    ["input[0].content[0].image_url", { input: [{ role: "user", content: [{ type: "input_image" }] }] }],
    ["max_output_tokens", { max_output_tokens: 0 }],
    ["max_output_tokens", { max_output_tokens: -5 }],
    ["max_output_tokens", { max_output_tokens: 1e12 }],
    ["max_output_tokens", { max_output_tokens: "5" }],
    ["stream", { stream: "yes" }],
    ["store", { store: "no" }],
    ["tools", { tools: {} }],
    ["tools[0]", { tools: ["web_search"] }],
    ["instructions", { instructions: ["Be brief."] }],
    ["text", { text: "json" }],
    ["text.format", { text: { format: "json" } }],
    ["include", { include: "reasoning.encrypted_content" }],
    ["model", { model: 5 }],
  ])("%s of %j", (param, body) => {
    const error = refusal(body);
    expect(error.code).toBe("invalid_request_error");
    expect(error.param).toBe(param);
    expect(error.message).toContain(param.replace(/\.(file_id|file_url)$/, ""));
  });

  it("a field that comes twice, and what is no JSON object", () => {
    expect(refusal('{"model":"m","input":"a","input":"b"}').param).toBe("input");
    expect(refusal("[]").message).toContain("JSON object");
    expect(refusal("{").message).toContain("JSON");
  });

  it("references say what to do instead", () => {
    expect(refusal({ previous_response_id: "resp_1" }).message).toContain("Send the whole conversation");
    expect(refusal({ input: [{ type: "item_reference", id: "x" }] }).message).toContain("store to false");
  });
});

describe("tools that run at the provider", () => {
  const search = { type: "web_search", external_web_access: false };
  const own = { type: "function", name: "f", parameters: {} };

  it("are left out", () => {
    const kept = [
      own,
      { type: "custom", name: "c" },
      { type: "namespace", name: "n", description: "", tools: [] },
      { type: "apply_patch" },
      { type: "local_shell" },
      { type: "shell" },
      { type: "tool_search" },
    ];
    const billed = [
      search,
      { type: "web_search_preview" },
      { type: "file_search", vector_store_ids: ["vs"] },
      { type: "code_interpreter", container: { type: "auto" } },
      { type: "image_generation" },
      { type: "mcp", server_label: "s", server_url: "https://a.example" },
      { type: "shell", environment: { type: "container_auto" } },
      { type: "something_new" },
    ];
    const fields = parse({ tools: [...billed, ...kept], tool_choice: "auto" });
    expect(fields.tools).toEqual(kept);
    expect(fields.hasTools).toBe(true);
    expect(parse({ tools: billed }).hasTools).toBe(false);
  });

  it.each([
    [{ type: "web_search_preview" }, [search, own]],
    [{ type: "mcp", server_label: "s" }, [own]],
    [{ type: "allowed_tools", mode: "required", tools: [{ type: "image_generation" }] }, [own]],
    ["required", [search]],
  ])("are refused where tool_choice insists: %j", (tool_choice, tools) => {
    const error = refusal({ tools, tool_choice });
    expect(error.code).toBe("unsupported_capability");
    expect(error.param).toBe("tool_choice");
  });

  it("leave the list of allowed tools", () => {
    const tools = [{ type: "image_generation" }, { type: "function", name: "f" }];
    expect(
      parse({ tools: [own], tool_choice: { type: "allowed_tools", mode: "auto", tools } }).toolChoice,
    ).toEqual({
      type: "allowed_tools",
      mode: "auto",
      tools: [{ type: "function", name: "f" }],
    });
    const only = { type: "allowed_tools", mode: "auto", tools: [{ type: "image_generation" }] };
    expect(parse({ tools: [own], tool_choice: only }).toolChoice).toBe("none");
    expect(parse({ tools: [own], tool_choice: "required" }).toolChoice).toBe("required");
    expect(parse({ tools: [own], tool_choice: { type: "function", name: "f" } }).toolChoice).toEqual({
      type: "function",
      name: "f",
    });
  });
});

describe("what is read", () => {
  it("of Codex's calls", () => {
    const unknown = parse(codexFirstTurn("m"));
    expect(unknown.tools).toHaveLength(8);
    expect(unknown).toMatchObject({ stream: true, hasTools: true, maxTokens: null, structured: false });
    const known = parse(codexKnownModel("m"));
    expect(known).toMatchObject({ tools: [], hasTools: true });
  });

  it("pictures, also in the outputs of tools, with their detail and size", () => {
    const long = `data:image/png;base64,${"A".repeat(20_000)}`;
    const { images, audioInput } = parse({
      input: [
        {
          role: "user",
          content: [{ type: "input_image", image_url: "https://a.example/a.png", detail: "low" }],
        },
        { type: "function_call", call_id: "a", name: "f", arguments: "{}" },
        { type: "function_call_output", call_id: "a", output: [{ type: "input_image", image_url: long }] },
        {
          type: "computer_call_output",
          call_id: "b",
          output: { type: "computer_screenshot", image_url: long },
        },
        { role: "user", content: [{ type: "input_audio", input_audio: { data: "", format: "wav" } }] },
      ],
    });
    expect(images.map(({ detail, cutBytes }) => [detail, cutBytes > 19_000])).toEqual([
      ["low", false],
      ["other", true],
      ["other", true],
    ]);
    expect(audioInput).toBe(true);
  });

  it("every text that becomes input", () => {
    const request = ResponsesRequest.parse(
      Buffer.from(
        JSON.stringify({
          model: "m",
          instructions: "one",
          tools: [{ type: "function", name: "two" }],
          text: { format: { type: "json_schema", name: "three", schema: {} } },
          input: [
            {
              role: "user",
              content: [
                { type: "input_text", text: "four" },
                { type: "input_image", image_url: "no" },
              ],
            },
            { type: "function_call", call_id: "a", name: "five", arguments: "six" },
            { type: "function_call_output", call_id: "a", output: "seven" },
            { type: "custom_tool_call", call_id: "b", name: "x", input: "eight" },
            { type: "reasoning", id: "rs", summary: [], encrypted_content: "nine" },
            { type: "of_a_later_year", what: "ten" },
          ],
        }),
      ),
    );
    const texts = [...request.inputTexts()].join("|");
    for (const word of ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]) {
      expect(texts).toContain(word);
    }
    expect(texts).not.toContain("no");
    expect(request.messageCount).toBe(7);
    expect(request.structured).toBe(true);
  });
});
