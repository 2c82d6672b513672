import { testBody } from "@/lib/clients/curl-blocks";
import { codeText } from "@/lib/clients/formats/code";
import { dotenv } from "@/lib/clients/formats/dotenv";
import type { ClientEntry, SetupFacts } from "@/lib/clients/types";

/** Facts: @langchain/openai 1.6 (Node) as run; langchain-openai 1.6.6 (Python) source. */
export const langchain: ClientEntry = {
  slug: "langchain",
  name: "LangChain",
  group: "library",
  aliases: ["LangGraph", "langchain-openai"],
  what: "Library for chains and agents in Python and JavaScript; LangGraph uses the same models.",
  homepage: "https://www.langchain.com",
  forWhom: ["You write chains or agents with ChatOpenAI and want them to run on models from here."],
  notForWhom: ["You need tools that run at OpenAI, such as its web search or code interpreter."],
  origin: "your-machine",
  originNote: "The calls come from wherever your program runs.",
  asks: { address: "base_url", value: "{base}", key: "api_key" },
  v1: {
    included: true,
    why: "ChatOpenAI hands the address to the OpenAI SDK, which appends /chat/completions.",
  },
  models: { how: "typed", note: "The id goes into ChatOpenAI. {base}/models lists those of this key." },
  apply: { title: "Nothing to restart", note: "The next run uses it." },
  firstChat: "Change the question in the program and run it again.",
  mistakes: [
    { mistake: "base_url is {root}, without /v1.", fix: "Use {base}." },
    {
      mistake: "In JavaScript, baseURL stands beside model.",
      fix: "It belongs into configuration, as in the block; beside model it is ignored and OpenAI is called.",
    },
    {
      mistake: "Usage is empty after a stream in Python.",
      fix: "With a base URL of your own stream_usage is off. Set stream_usage=True.",
    },
    {
      mistake: "OPENAI_API_BASE is set and wins over OPENAI_BASE_URL.",
      fix: "LangChain reads it first. Unset it, or set it to {base}.",
    },
    {
      mistake: "Python calls the Responses API for newer model ids.",
      fix: "Set use_responses_api=False to stay on chat completions.",
    },
    {
      mistake: "Structured output is tried six times and more.",
      fix: "LangChain repeats on JSON that does not fit. Choose a model with JSON schema, or lower max_retries.",
    },
  ],
  version:
    "@langchain/openai 1.6 was run against this API; for Python the source of langchain-openai 1.6 was read.",
  tabs: [
    {
      id: "python",
      label: "Python",
      kind: "python",
      fileName: "hello.py",
      note: "pip install langchain-openai, then python hello.py. In a program that you share, read both values from the environment.",
      render: python,
    },
    {
      id: "node",
      label: "Node",
      kind: "javascript",
      fileName: "hello.mjs",
      note: "npm install @langchain/openai @langchain/core, then node hello.mjs. In a program that you share, read both values from the environment.",
      render: node,
    },
    {
      id: "env",
      label: ".env",
      kind: "env",
      fileName: ".env",
      note: "In Python, ChatOpenAI reads these by itself; in JavaScript it reads the key.",
      render: (facts) =>
        dotenv([
          ["OPENAI_API_BASE", facts.base],
          ["OPENAI_API_KEY", facts.key],
        ]),
    },
  ],
};

function python(facts: SetupFacts): string {
  const [message] = testBody(facts).messages;
  return `from langchain_openai import ChatOpenAI

model = ChatOpenAI(
    model=${codeText(facts.model.id)},
    base_url=${codeText(facts.base)},
    api_key=${codeText(facts.key)},
    stream_usage=True,
)
print(model.invoke(${codeText(message.content)}).content)
`;
}

function node(facts: SetupFacts): string {
  const [message] = testBody(facts).messages;
  return `import { ChatOpenAI } from "@langchain/openai";

const model = new ChatOpenAI({
  model: ${codeText(facts.model.id)},
  apiKey: ${codeText(facts.key)},
  configuration: { baseURL: ${codeText(facts.base)} },
});
const answer = await model.invoke(${codeText(message.content)});
console.log(answer.content);
`;
}
