import { testBody } from "@/lib/clients/curl-blocks";
import { codeText } from "@/lib/clients/formats/code";
import { dotenv } from "@/lib/clients/formats/dotenv";
import type { ClientEntry, SetupFacts } from "@/lib/clients/types";

/** Facts: @anthropic-ai/sdk 1.11 (Node) and anthropic 1.13 (Python) as run. */
export const anthropicSdk: ClientEntry = {
  slug: "anthropic-sdk",
  name: "Anthropic SDK",
  group: "library",
  aliases: ["anthropic python", "claude sdk", "anthropic-sdk-typescript"],
  what: "Anthropic's libraries for Python and Node, unchanged, with another base URL.",
  homepage: "https://platform.claude.com/docs/en/api/client-sdks",
  forWhom: [
    "You write a program against Anthropic's Messages API. Any model here answers it, not Claude alone.",
  ],
  notForWhom: [
    "You need batches, files or the admin API: the gateway answers those with 404.",
    "You call from a web page: the key would be readable by everyone. Call from your server.",
  ],
  origin: "your-machine",
  originNote: "The calls come from wherever your program runs.",
  asks: { address: "base_url", value: "{root}", key: "api_key" },
  v1: {
    included: false,
    why: "The SDK appends the version and /messages by itself: the address is the bare {root}.",
  },
  models: {
    how: "listed",
    note: "client.models.list() reads the list of this key; the id goes into each call.",
  },
  apply: { title: "Nothing to restart", note: "The next run uses it." },
  firstChat: "Change the question in the program and run it again.",
  mistakes: [
    {
      mistake: "The address has a version path at its end.",
      fix: "Use {root}. The SDK adds the path itself.",
    },
    {
      mistake: "max_tokens is missing.",
      fix: "The Messages API requires it in every call.",
    },
    {
      mistake: "ANTHROPIC_AUTH_TOKEN and ANTHROPIC_API_KEY are both set, with different keys.",
      fix: "The SDK then sends both. Unset one.",
    },
    {
      mistake: "A handler waits for status 403 when credit runs out.",
      fix: "In this dialect missing credit is 402 with type billing_error.",
    },
    {
      mistake: "The key is in the source.",
      fix: "Put both values into the environment, as in the .env tab, and leave the arguments out.",
    },
  ],
  version: "@anthropic-ai/sdk 1 for Node and anthropic 1 for Python were run against this API.",
  tabs: [
    {
      id: "python",
      label: "Python",
      kind: "python",
      fileName: "hello.py",
      note: "pip install anthropic, then python hello.py. In a program that you share, leave both arguments out and set the variables of the .env tab.",
      render: python,
    },
    {
      id: "node",
      label: "Node",
      kind: "javascript",
      fileName: "hello.mjs",
      note: "npm install @anthropic-ai/sdk, then node hello.mjs. In a program that you share, leave both options out and set the variables of the .env tab.",
      render: node,
    },
    {
      id: "env",
      label: ".env",
      kind: "env",
      fileName: ".env",
      note: "Both SDKs read these by themselves: Anthropic() then needs no arguments.",
      render: (facts) =>
        dotenv([
          ["ANTHROPIC_BASE_URL", facts.root],
          ["ANTHROPIC_API_KEY", facts.key],
        ]),
    },
  ],
};

function python(facts: SetupFacts): string {
  const { messages, max_tokens } = testBody(facts);
  return `from anthropic import Anthropic

client = Anthropic(
    base_url=${codeText(facts.root)},
    api_key=${codeText(facts.key)},
)

message = client.messages.create(
    model=${codeText(facts.model.id)},
    max_tokens=${max_tokens},
    messages=[{"role": "user", "content": ${codeText(messages[0].content)}}],
)
print("".join(block.text for block in message.content if block.type == "text"))
`;
}

function node(facts: SetupFacts): string {
  const { messages, max_tokens } = testBody(facts);
  return `import Anthropic from "@anthropic-ai/sdk";

const client = new Anthropic({
  baseURL: ${codeText(facts.root)},
  apiKey: ${codeText(facts.key)},
});

const message = await client.messages.create({
  model: ${codeText(facts.model.id)},
  max_tokens: ${max_tokens},
  messages: [{ role: "user", content: ${codeText(messages[0].content)} }],
});
console.log(message.content.map((block) => (block.type === "text" ? block.text : "")).join(""));
`;
}
