import { shellQuoted, shellWord } from "@/lib/clients/formats/shell";
import type { SetupFacts } from "@/lib/clients/types";

/** The small question of step 4. A reasoning model needs room to think before it answers. */
export function testBody(facts: Pick<SetupFacts, "model">): {
  model: string;
  messages: [{ role: "user"; content: string }];
  max_tokens: number;
} {
  return {
    model: facts.model.id,
    messages: [{ role: "user", content: "Say hello in five words." }],
    max_tokens: facts.model.reasoning ? 512 : 64,
  };
}

/** Step 1: which models the key may use. Costs nothing. */
export function curlModels(facts: SetupFacts): string {
  return `curl ${shellWord(`${facts.base}/models`)} \\\n  -H ${shellQuoted(`Authorization: Bearer ${facts.key}`)}\n`;
}

/** Step 4: one small paid call. */
export function curlChat(facts: SetupFacts, options: { stream?: boolean } = {}): string {
  const { model, messages, max_tokens } = testBody(facts);
  const body = [
    `  "model": ${JSON.stringify(model)}`,
    `  "messages": ${JSON.stringify(messages)}`,
    `  "max_tokens": ${max_tokens}`,
    ...(options.stream ? ['  "stream": true'] : []),
  ];
  return [
    `curl ${options.stream ? "-N " : ""}${shellWord(`${facts.base}/chat/completions`)}`,
    `  -H ${shellQuoted(`Authorization: Bearer ${facts.key}`)}`,
    `  -H ${shellQuoted("Content-Type: application/json")}`,
    `  -d ${shellQuoted(`{\n${body.join(",\n")}\n}`)}`,
  ]
    .join(" \\\n")
    .concat("\n");
}
