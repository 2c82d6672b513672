/** What the sandbox model is asked, as far as it understands it. */
export interface EchoRequest {
  messages: readonly { role: string; text: string; images: number }[];
  tools: readonly { name: string; parameters: Record<string, unknown> }[];
  toolChoice: unknown;
  format: "text" | "json";
  schema: Record<string, unknown> | null;
}

export type EchoAnswer =
  | { kind: "text"; text: string }
  | { kind: "tools"; calls: { name: string; arguments: string }[] };

const LONGEST_ECHO = 20_000;
const MOST_WORDS = 100_000;
const FILLER =
  "the sandbox model writes plain words so that long answers can be tried and every one of them is counted and paid".split(
    " ",
  );

/** The words that make it call a tool: "use the tool", "call get_weather", ... */
const TRIGGER = /\b(?:use|call|run|invoke)\b[^.!?\n]{0,40}\b(?:tools?|functions?)\b/i;

/**
 * What the sandbox model answers: always the same to the same request. It says what it is, repeats what it was
 * told, writes as many words as it is asked for, and calls a tool when it is told to.
 */
export function composeAnswer(request: EchoRequest): EchoAnswer {
  const last = request.messages.at(-1);
  const asked = [...request.messages].reverse().find(({ role }) => role === "user")?.text ?? "";
  if (last?.role !== "tool") {
    const called = chooseTools(request, asked);
    if (called.length > 0) return { kind: "tools", calls: called };
  }
  if (request.format === "json") return { kind: "text", text: JSON.stringify(sample(request.schema, asked)) };
  if (last?.role === "tool") {
    return { kind: "text", text: `This is the sandbox model. The tool answered: ${shorten(last.text)}` };
  }
  const wanted = /\bwrite\s+(?:me\s+)?(?:about\s+|exactly\s+)?(\d{1,6})\s+words\b/i.exec(asked);
  if (wanted) return { kind: "text", text: manyWords(Math.min(MOST_WORDS, Number(wanted[1]))) };
  const images = request.messages.reduce((sum, message) => sum + message.images, 0);
  const seen =
    images > 0 ? ` It was sent ${images} image${images === 1 ? "" : "s"}, which it cannot see.` : "";
  return {
    kind: "text",
    text: `This is the sandbox model: no provider was called.${seen} You said: ${shorten(asked) || "(nothing)"}`,
  };
}

function shorten(text: string): string {
  return text.length > LONGEST_ECHO ? `${text.slice(0, LONGEST_ECHO)} ... (shortened)` : text;
}

function manyWords(count: number): string {
  const words: string[] = [];
  for (let i = 0; i < count; i++) words.push(FILLER[i % FILLER.length] ?? "word");
  return words.join(" ");
}

function chooseTools(request: EchoRequest, asked: string): { name: string; arguments: string }[] {
  const { tools, toolChoice } = request;
  if (tools.length === 0 || toolChoice === "none") return [];
  const forced = (toolChoice as { function?: { name?: unknown } } | null)?.function?.name;
  const named = tools.filter((tool) =>
    typeof forced === "string" ? tool.name === forced : asked.toLowerCase().includes(tool.name.toLowerCase()),
  );
  const willing =
    typeof forced === "string" || toolChoice === "required" || named.length > 0 || TRIGGER.test(asked);
  if (!willing) return [];
  const chosen = named.length > 0 ? named : tools.slice(0, 1);
  return chosen.map((tool) => ({
    name: tool.name,
    arguments: JSON.stringify(sample(tool.parameters, asked)),
  }));
}

/** A value that fits the simple parts of a JSON schema. */
export function sample(schema: unknown, text: string, depth = 0): unknown {
  if (typeof schema !== "object" || schema === null || depth > 8) return { echo: shorten(text) };
  const {
    type,
    properties,
    items,
    enum: choices,
    const: only,
    anyOf,
    default: usual,
  } = schema as Record<string, unknown>;
  if (only !== undefined) return only;
  if (usual !== undefined) return usual;
  if (Array.isArray(choices) && choices.length > 0) return choices[0];
  if (Array.isArray(anyOf) && anyOf.length > 0) return sample(anyOf[0], text, depth + 1);
  switch (Array.isArray(type) ? type[0] : type) {
    case "string":
      return text.slice(0, 200);
    case "integer":
    case "number":
      return 1;
    case "boolean":
      return true;
    case "null":
      return null;
    case "array":
      return items === undefined ? [] : [sample(items, text, depth + 1)];
    default: {
      if (typeof properties !== "object" || properties === null)
        return depth === 0 && !type ? { echo: shorten(text) } : {};
      const entries = Object.entries(properties as Record<string, unknown>);
      return Object.fromEntries(entries.map(([name, part]) => [name, sample(part, text, depth + 1)]));
    }
  }
}
