import { shellQuoted } from "@/lib/clients/formats/shell";

export interface Message {
  role: "system" | "user" | "assistant";
  content: string;
}

/** What is sent: the parameters that are set, and no others. */
export interface ChatBody {
  model: string;
  messages: readonly Message[];
  temperature?: number;
  top_p?: number;
  max_tokens?: number;
}

export const SAMPLE_IDS = ["curl", "python", "node", "ai-sdk"] as const;
export type SampleId = (typeof SAMPLE_IDS)[number];

/** The same call as a program. The key stands in a variable: the Playground's own is nobody's to copy. */
export function codeSample(id: SampleId, base: string, body: ChatBody): { fileName: string; code: string } {
  switch (id) {
    case "curl":
      return { fileName: "call.sh", code: curl(base, body) };
    case "python":
      return { fileName: "call.py", code: python(base, body) };
    case "node":
      return { fileName: "call.mjs", code: node(base, body) };
    case "ai-sdk":
      return { fileName: "ai-sdk.mjs", code: aiSdk(base, body) };
  }
}

const json = (value: unknown) => JSON.stringify(value, null, 2);
/** JSON is Python too, but for three words that a body of this kind does not hold. */
const indent = (text: string, by: string) => text.replaceAll("\n", `\n${by}`);

function curl(base: string, body: ChatBody): string {
  return [
    `curl -N ${base}/chat/completions`,
    '  -H "Authorization: Bearer $TOLLGATE_API_KEY"',
    '  -H "Content-Type: application/json"',
    `  -d ${shellQuoted(json({ ...body, stream: true }))}`,
  ].join(" \\\n");
}

function python(base: string, body: ChatBody): string {
  const fields = Object.entries(body).map(([name, value]) => `    ${name}=${indent(json(value), "    ")},`);
  return `import os
from openai import OpenAI

client = OpenAI(base_url=${JSON.stringify(base)}, api_key=os.environ["TOLLGATE_API_KEY"])
stream = client.chat.completions.create(
${fields.join("\n")}
    stream=True,
)
for chunk in stream:
    if chunk.choices and chunk.choices[0].delta.content:
        print(chunk.choices[0].delta.content, end="", flush=True)
`;
}

function node(base: string, body: ChatBody): string {
  return `import OpenAI from "openai";

const client = new OpenAI({ baseURL: ${JSON.stringify(base)}, apiKey: process.env.TOLLGATE_API_KEY });
const stream = await client.chat.completions.create(${json({ ...body, stream: true })});
for await (const chunk of stream) process.stdout.write(chunk.choices[0]?.delta?.content ?? "");
`;
}

function aiSdk(
  base: string,
  { model, messages, temperature, top_p: topP, max_tokens: maxOutputTokens }: ChatBody,
): string {
  const system = messages.find(({ role }) => role === "system")?.content;
  const rest = messages.filter(({ role }) => role !== "system");
  const options = json({ system, messages: rest, temperature, topP, maxOutputTokens }).slice(2);
  return `import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import { streamText } from "ai";

const provider = createOpenAICompatible({
  name: "tollgate",
  baseURL: ${JSON.stringify(base)},
  apiKey: process.env.TOLLGATE_API_KEY,
  includeUsage: true,
});
const { textStream } = streamText({
  model: provider(${JSON.stringify(model)}),
${options});
for await (const text of textStream) process.stdout.write(text);
`;
}
