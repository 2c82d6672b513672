import { testBody } from "@/lib/clients/curl-blocks";
import { codeText } from "@/lib/clients/formats/code";
import { dotenv } from "@/lib/clients/formats/dotenv";
import type { ClientEntry, SetupFacts } from "@/lib/clients/types";

/** Facts: openai 7.55 (Node) and 3.22 (Python) as run; both map errors from the status and read x-request-id. */
export const openaiSdk: ClientEntry = {
  slug: "openai-sdk",
  name: "OpenAI SDK",
  group: "library",
  aliases: ["openai python", "openai node", "openai-python", "openai-node"],
  what: "OpenAI's libraries for Python and Node, unchanged, with another base URL.",
  homepage: "https://developers.openai.com/api/docs/libraries",
  forWhom: ["You write a program in Python, JavaScript or TypeScript and want to call models from it."],
  notForWhom: [
    "You need files, assistants, images or realtime sessions: the API answers those with 404.",
    "You call from a web page: the key would be readable by everyone. Call from your server.",
  ],
  origin: "your-machine",
  originNote: "The calls come from wherever your program runs.",
  asks: { address: "base_url", value: "{base}", key: "api_key" },
  v1: {
    included: true,
    why: "The SDK appends /chat/completions, /responses and so on to the base URL, and its own default ends in /v1 too.",
  },
  models: { how: "listed", note: "client.models.list() reads {base}/models; the id goes into each call." },
  apply: { title: "Nothing to restart", note: "The next run uses it." },
  firstChat: "Change the question in the program and run it again.",
  mistakes: [
    { mistake: "base_url is {root}, without /v1.", fix: "Use {base}." },
    { mistake: "base_url ends in /chat/completions.", fix: "The SDK appends that. Use {base}." },
    {
      mistake: "In Node, baseUrl or base_url was written.",
      fix: "It is baseURL there, with three capitals; anything else is ignored and OpenAI is called.",
    },
    {
      mistake: "OPENAI_BASE_URL is set elsewhere and wins.",
      fix: "Without an argument the SDK reads OPENAI_BASE_URL and OPENAI_API_KEY. Unset them, or set both.",
    },
    {
      mistake: "The key is in the source.",
      fix: "Put both values into the environment, as in the .env tab, and leave the arguments out.",
    },
    {
      mistake: "previous_response_id or conversation is refused.",
      fix: "Nothing is kept between calls here. Send the whole conversation each time.",
    },
  ],
  version:
    "openai 6 and 7 for Node and 3 for Python were run against this API. Older ones send the same calls.",
  tabs: [
    {
      id: "python",
      label: "Python",
      kind: "python",
      fileName: "hello.py",
      note: "pip install openai, then python hello.py. In a program that you share, leave both arguments out and set the variables of the .env tab.",
      render: python,
    },
    {
      id: "node",
      label: "Node",
      kind: "javascript",
      fileName: "hello.mjs",
      note: "npm install openai, then node hello.mjs. In a program that you share, leave both options out and set the variables of the .env tab.",
      render: node,
    },
    {
      id: "env",
      label: ".env",
      kind: "env",
      fileName: ".env",
      note: "Both SDKs read these by themselves: OpenAI() then needs no arguments.",
      render: (facts) =>
        dotenv([
          ["OPENAI_BASE_URL", facts.base],
          ["OPENAI_API_KEY", facts.key],
        ]),
    },
  ],
};

function python(facts: SetupFacts): string {
  const [message] = testBody(facts).messages;
  return `from openai import OpenAI

client = OpenAI(
    base_url=${codeText(facts.base)},
    api_key=${codeText(facts.key)},
)

completion = client.chat.completions.create(
    model=${codeText(facts.model.id)},
    messages=[{"role": "user", "content": ${codeText(message.content)}}],
)
print(completion.choices[0].message.content)
`;
}

function node(facts: SetupFacts): string {
  const [message] = testBody(facts).messages;
  return `import OpenAI from "openai";

const client = new OpenAI({
  baseURL: ${codeText(facts.base)},
  apiKey: ${codeText(facts.key)},
});

const completion = await client.chat.completions.create({
  model: ${codeText(facts.model.id)},
  messages: [{ role: "user", content: ${codeText(message.content)} }],
});
console.log(completion.choices[0].message.content);
`;
}
