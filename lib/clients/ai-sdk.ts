import { testBody } from "@/lib/clients/curl-blocks";
import { codeText } from "@/lib/clients/formats/code";
import { PROVIDER_ID } from "@/lib/clients/provider-id";
import type { ClientEntry, SetupFacts } from "@/lib/clients/types";

/** Facts: ai 7.0 with @ai-sdk/openai-compatible 3, openai 4 and anthropic 4 as run. */
export const aiSdk: ClientEntry = {
  slug: "ai-sdk",
  name: "AI SDK",
  group: "library",
  aliases: ["Vercel AI SDK", "ai package"],
  what: "Vercel's library for AI in TypeScript: one interface, many providers, tools and streamed interfaces.",
  homepage: "https://ai-sdk.dev",
  forWhom: ["You build an app in TypeScript, for example with Next.js, and call models on its server."],
  notForWhom: ["You call from a web page: the key would be readable by everyone. Call from your server."],
  origin: "your-machine",
  originNote: "The calls come from wherever your program runs.",
  asks: { address: "baseURL", value: "{base}", key: "apiKey" },
  v1: {
    included: true,
    why: "Every provider of the AI SDK appends its endpoint to baseURL as it stands. That holds for its Anthropic provider too, unlike Anthropic's own SDK.",
  },
  models: { how: "typed", note: "The id goes into each call. {base}/models lists those of this key." },
  apply: {
    title: "Nothing to restart",
    note: "The next run uses it; a deployed app needs its variables and a redeploy.",
  },
  firstChat: "Change the question in the program and run it again.",
  mistakes: [
    { mistake: "baseURL is {root}, without /v1.", fix: "Use {base}, for the Anthropic provider as well." },
    {
      mistake: "createOpenAI is used with a model that only chats.",
      fix: "By default it calls the Responses API. Use provider.chat(model), or createOpenAICompatible.",
    },
    {
      mistake: "Usage is empty after a stream.",
      fix: "Set includeUsage: true in createOpenAICompatible.",
    },
    {
      mistake: "Structured output is loose JSON.",
      fix: "Set supportsStructuredOutputs: true, and choose a model with JSON schema on the Models page.",
    },
    {
      mistake: "Answers of the Anthropic provider end early.",
      fix: "For a model that it does not know it asks for 4096 tokens. Set maxOutputTokens.",
    },
  ],
  version: "ai 6 and 7 with their providers were run against this API.",
  tabs: [
    {
      id: "compatible",
      label: "openai-compatible",
      kind: "javascript",
      fileName: "hello.mjs",
      note: "npm install ai @ai-sdk/openai-compatible, then node hello.mjs. In a program that you share, read the key from the environment.",
      render: (facts) =>
        program(facts, {
          import: 'import { createOpenAICompatible } from "@ai-sdk/openai-compatible";',
          create: `createOpenAICompatible({
  name: ${codeText(PROVIDER_ID)},
  baseURL: ${codeText(facts.base)},
  apiKey: ${codeText(facts.key)},
  includeUsage: true,
  supportsStructuredOutputs: true,
})`,
          model: `provider(${codeText(facts.model.id)})`,
        }),
    },
    {
      id: "openai",
      label: "openai",
      kind: "javascript",
      fileName: "hello.mjs",
      note: "npm install ai @ai-sdk/openai, then node hello.mjs. .chat keeps it on chat completions, which every model here answers.",
      render: (facts) =>
        program(facts, {
          import: 'import { createOpenAI } from "@ai-sdk/openai";',
          create: `createOpenAI({
  baseURL: ${codeText(facts.base)},
  apiKey: ${codeText(facts.key)},
})`,
          model: `provider.chat(${codeText(facts.model.id)})`,
        }),
    },
    {
      id: "anthropic",
      label: "anthropic",
      kind: "javascript",
      fileName: "hello.mjs",
      note: "npm install ai @ai-sdk/anthropic, then node hello.mjs. For programs that already speak Anthropic's dialect.",
      render: (facts) =>
        program(facts, {
          import: 'import { createAnthropic } from "@ai-sdk/anthropic";',
          create: `createAnthropic({
  baseURL: ${codeText(facts.base)},
  apiKey: ${codeText(facts.key)},
})`,
          model: `provider(${codeText(facts.model.id)})`,
        }),
    },
  ],
};

function program(facts: SetupFacts, parts: { import: string; create: string; model: string }): string {
  const { messages, max_tokens } = testBody(facts);
  return `${parts.import}
import { generateText } from "ai";

const provider = ${parts.create};

const { text } = await generateText({
  model: ${parts.model},
  prompt: ${codeText(messages[0].content)},
  maxOutputTokens: ${max_tokens},
});
console.log(text);
`;
}
