export interface Sample {
  id: "curl" | "python" | "node" | "env";
  fileName: string;
  code: string;
}

/** The same small call in four ways. `base` ends in /v1. */
export function samples(base: string, model: string): Sample[] {
  return [
    {
      id: "curl",
      fileName: "call.sh",
      code: `curl ${base}/chat/completions \\
  -H "Authorization: Bearer $TOLLGATE_KEY" \\
  -H "Content-Type: application/json" \\
  -d '{
    "model": "${model}",
    "messages": [{"role": "user", "content": "Say hello."}]
  }'`,
    },
    {
      id: "python",
      fileName: "call.py",
      code: `import os
from openai import OpenAI

client = OpenAI(
    base_url="${base}",
    api_key=os.environ["TOLLGATE_KEY"],
)
answer = client.chat.completions.create(
    model="${model}",
    messages=[{"role": "user", "content": "Say hello."}],
)
print(answer.choices[0].message.content)`,
    },
    {
      id: "node",
      fileName: "call.mjs",
      code: `import OpenAI from "openai";

const client = new OpenAI({
  baseURL: "${base}",
  apiKey: process.env.TOLLGATE_KEY,
});
const answer = await client.chat.completions.create({
  model: "${model}",
  messages: [{ role: "user", content: "Say hello." }],
});
console.log(answer.choices[0].message.content);`,
    },
    {
      id: "env",
      fileName: "tollgate.env",
      code: `# LobeChat and many others read these
OPENAI_API_KEY=sk-tg-…
OPENAI_PROXY_URL=${base}
OPENAI_MODEL_LIST=-all,+${model}`,
    },
  ];
}
