import { createAnthropic } from "@ai-sdk/anthropic";
import { createOpenAI } from "@ai-sdk/openai";
import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import Anthropic from "@anthropic-ai/sdk";
import { generateText, jsonSchema, type LanguageModel, Output, streamText, tool } from "ai";
import OpenAI from "openai";

/** What a call asks for, whatever the client; `stream` decides how it is asked. */
export interface Ask {
  prompt: string;
  stream: boolean;
  tools?: boolean;
  /** Base64 of a PNG. */
  image?: string;
  structured?: boolean;
}

export interface Answer {
  text: string;
  calls: { id: string; name: string; input: unknown }[];
  inputTokens: number;
  outputTokens: number;
}

/** One released client, driven through its own API. */
export interface Driver {
  name: string;
  ask(model: string, ask: Ask): Promise<Answer>;
  /** A second turn: the calls of the first and their results, by id. */
  answerTools(model: string, ask: Ask, first: Answer, result: string): Promise<Answer>;
}

export interface Endpoint {
  /** With /v1. */
  baseUrl: string;
  secret: string;
}

const CITY = { type: "object", properties: { city: { type: "string" } }, required: ["city"] } as const;
const SCHEMA = { ...CITY, additionalProperties: false } as const;
const WEATHER = { name: "weather", description: "The weather of a city", parameters: CITY };

function openAiChat({ baseUrl, secret }: Endpoint): Driver {
  const client = new OpenAI({ baseURL: baseUrl, apiKey: secret, maxRetries: 0 });
  const run = async (model: string, ask: Ask, more: OpenAI.ChatCompletionMessageParam[]): Promise<Answer> => {
    const content: OpenAI.ChatCompletionContentPart[] = [{ type: "text", text: ask.prompt }];
    if (ask.image)
      content.push({ type: "image_url", image_url: { url: `data:image/png;base64,${ask.image}` } });
    const body: OpenAI.ChatCompletionCreateParamsNonStreaming = {
      model,
      messages: [{ role: "user", content: ask.image ? content : ask.prompt }, ...more],
      ...(ask.tools ? { tools: [{ type: "function", function: WEATHER }] } : {}),
      ...(ask.structured
        ? { response_format: { type: "json_schema", json_schema: { name: "place", schema: SCHEMA } } }
        : {}),
    };
    const completion = ask.stream
      ? await client.chat.completions
          .stream({ ...body, stream: true, stream_options: { include_usage: true } })
          .finalChatCompletion()
      : await client.chat.completions.create(body);
    const message = completion.choices[0]?.message;
    return {
      text: message?.content ?? "",
      calls: (message?.tool_calls ?? []).map((call) => {
        if (call.type !== "function") throw new Error("not a function call");
        return { id: call.id, name: call.function.name, input: JSON.parse(call.function.arguments) };
      }),
      inputTokens: completion.usage?.prompt_tokens ?? 0,
      outputTokens: completion.usage?.completion_tokens ?? 0,
    };
  };
  return {
    name: "openai chat",
    ask: (model, ask) => run(model, ask, []),
    answerTools: (model, ask, first, result) =>
      run(model, ask, [
        {
          role: "assistant",
          content: first.text || null,
          tool_calls: first.calls.map(({ id, name, input }) => ({
            id,
            type: "function" as const,
            function: { name, arguments: JSON.stringify(input) },
          })),
        },
        ...first.calls.map(({ id }) => ({ role: "tool" as const, tool_call_id: id, content: result })),
      ]),
  };
}

function openAiResponses({ baseUrl, secret }: Endpoint): Driver {
  const client = new OpenAI({ baseURL: baseUrl, apiKey: secret, maxRetries: 0 });
  const run = async (
    model: string,
    ask: Ask,
    more: OpenAI.Responses.ResponseInputItem[],
  ): Promise<Answer> => {
    const content: OpenAI.Responses.ResponseInputContent[] = [{ type: "input_text", text: ask.prompt }];
    if (ask.image) {
      const url = `data:image/png;base64,${ask.image}`;
      content.push({ type: "input_image", image_url: url, detail: "auto" });
    }
    const body: OpenAI.Responses.ResponseCreateParamsNonStreaming = {
      model,
      store: false,
      input: [{ role: "user", content }, ...more],
      ...(ask.tools ? { tools: [{ type: "function", ...WEATHER, strict: false }] } : {}),
      ...(ask.structured ? { text: { format: { type: "json_schema", name: "place", schema: SCHEMA } } } : {}),
    };
    const response = ask.stream
      ? await client.responses.stream({ ...body, stream: true }).finalResponse()
      : await client.responses.create(body);
    return {
      text: response.output_text,
      calls: response.output.flatMap((item) =>
        item.type === "function_call"
          ? [{ id: item.call_id, name: item.name, input: JSON.parse(item.arguments) }]
          : [],
      ),
      inputTokens: response.usage?.input_tokens ?? 0,
      outputTokens: response.usage?.output_tokens ?? 0,
    };
  };
  return {
    name: "openai responses",
    ask: (model, ask) => run(model, ask, []),
    answerTools: (model, ask, first, result) =>
      run(model, ask, [
        ...first.calls.map(({ id, name, input }) => ({
          type: "function_call" as const,
          call_id: id,
          name,
          arguments: JSON.stringify(input),
        })),
        ...first.calls.map(({ id }) => ({
          type: "function_call_output" as const,
          call_id: id,
          output: result,
        })),
      ]),
  };
}

function anthropic({ baseUrl, secret }: Endpoint): Driver {
  const client = new Anthropic({
    baseURL: baseUrl.replace(/\/v1$/, ""),
    apiKey: secret,
    authToken: null,
    maxRetries: 0,
  });
  const run = async (model: string, ask: Ask, more: Anthropic.MessageParam[]): Promise<Answer> => {
    const content: Anthropic.ContentBlockParam[] = [];
    if (ask.image) {
      const source = { type: "base64" as const, media_type: "image/png" as const, data: ask.image };
      content.push({ type: "image", source });
    }
    content.push({ type: "text", text: ask.prompt });
    const body: Anthropic.MessageCreateParamsNonStreaming = {
      model,
      max_tokens: 500,
      messages: [{ role: "user", content }, ...more],
      ...(ask.tools
        ? {
            tools: [
              {
                name: WEATHER.name,
                description: WEATHER.description,
                input_schema: { ...CITY, required: ["city"] },
              },
            ],
          }
        : {}),
      ...(ask.structured ? { output_config: { format: { type: "json_schema", schema: SCHEMA } } } : {}),
    };
    const message = ask.stream
      ? await client.messages.stream(body).finalMessage()
      : await client.messages.create(body);
    return {
      text: message.content.flatMap((block) => (block.type === "text" ? [block.text] : [])).join(""),
      calls: message.content.flatMap((block) =>
        block.type === "tool_use" ? [{ id: block.id, name: block.name, input: block.input }] : [],
      ),
      inputTokens: message.usage.input_tokens,
      outputTokens: message.usage.output_tokens,
    };
  };
  return {
    name: "anthropic",
    ask: (model, ask) => run(model, ask, []),
    answerTools: (model, ask, first, result) =>
      run(model, ask, [
        {
          role: "assistant",
          content: first.calls.map(({ id, name, input }) => ({ type: "tool_use" as const, id, name, input })),
        },
        {
          role: "user",
          content: first.calls.map(({ id }) => ({
            type: "tool_result" as const,
            tool_use_id: id,
            content: result,
          })),
        },
      ]),
  };
}

/** The AI SDK over one of its providers. */
function aiSdk(name: string, model: (id: string) => LanguageModel): Driver {
  const run = async (
    id: string,
    ask: Ask,
    more: NonNullable<Parameters<typeof generateText>[0]["messages"]>,
  ): Promise<Answer> => {
    const content = [
      { type: "text" as const, text: ask.prompt },
      ...(ask.image ? [{ type: "image" as const, image: ask.image, mediaType: "image/png" }] : []),
    ];
    const options = {
      model: model(id),
      maxRetries: 0,
      messages: [{ role: "user" as const, content }, ...more],
      ...(ask.tools
        ? { tools: { weather: tool({ description: WEATHER.description, inputSchema: jsonSchema(CITY) }) } }
        : {}),
      ...(ask.structured ? { output: Output.object({ schema: jsonSchema(SCHEMA) }) } : {}),
    };
    if (!ask.stream) {
      const result = await generateText(options);
      return answerOf(result.text, result.toolCalls, result.usage);
    }
    let failure: unknown = null;
    const result = streamText({
      ...options,
      onError: ({ error }) => {
        failure = error;
      },
    });
    await result.consumeStream();
    if (failure) throw failure;
    return answerOf(await result.text, await result.toolCalls, await result.usage);
  };
  return {
    name,
    ask: (id, ask) => run(id, ask, []),
    answerTools: (id, ask, first, result) =>
      run(id, ask, [
        {
          role: "assistant",
          content: first.calls.map((call) => ({
            type: "tool-call" as const,
            toolCallId: call.id,
            toolName: call.name,
            input: call.input,
          })),
        },
        {
          role: "tool",
          content: first.calls.map((call) => ({
            type: "tool-result" as const,
            toolCallId: call.id,
            toolName: call.name,
            output: { type: "text" as const, value: result },
          })),
        },
      ]),
  };
}

function answerOf(
  text: string,
  calls: readonly { toolCallId: string; toolName: string; input: unknown }[],
  usage: { inputTokens?: number | undefined; outputTokens?: number | undefined },
): Answer {
  return {
    text,
    calls: calls.map(({ toolCallId, toolName, input }) => ({ id: toolCallId, name: toolName, input })),
    inputTokens: usage.inputTokens ?? 0,
    outputTokens: usage.outputTokens ?? 0,
  };
}

/** Every client of the matrix, pointed at one gateway with one key. */
export function makeDrivers(endpoint: Endpoint): Driver[] {
  const { baseUrl: baseURL, secret: apiKey } = endpoint;
  const compatible = createOpenAICompatible({
    name: "tollgate",
    baseURL,
    apiKey,
    includeUsage: true,
    supportsStructuredOutputs: true,
  });
  const openai = createOpenAI({ baseURL, apiKey });
  const claude = createAnthropic({ baseURL, apiKey });
  return [
    openAiChat(endpoint),
    openAiResponses(endpoint),
    anthropic(endpoint),
    aiSdk("ai compatible", (id) => compatible(id)),
    aiSdk("ai openai", (id) => openai(id)),
    aiSdk("ai anthropic", (id) => claude(id)),
  ];
}
