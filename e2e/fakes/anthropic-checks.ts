type Json = Record<string, unknown>;

export interface AnthropicBody extends Json {
  model: string;
  max_tokens: number;
  messages: { role: string; content: string | Json[] }[];
  system?: string | Json[];
  stream?: boolean;
  tools?: Json[];
}

const KNOWN =
  "model max_tokens messages system metadata stop_sequences stream temperature top_k top_p tools tool_choice thinking output_config service_tier cache_control".split(
    " ",
  );
/** Fields that want their beta in the header. */
const BETAS: Record<string, string> = { context_management: "context-management" };
const BLOCK: Record<string, readonly string[]> = {
  text: ["text", "citations"],
  image: ["source"],
  document: ["source", "title", "context", "citations"],
  tool_use: ["id", "name", "input", "caller"],
  tool_result: ["tool_use_id", "content", "is_error"],
  thinking: ["thinking", "signature"],
  redacted_thinking: ["data"],
};

/**
 * Why the real API would refuse a body with 400, in its own words; null where it would not. Only what a gateway may
 * get wrong is looked at. Source: Anthropic API reference, "Messages", and its answers.
 */
export function whyRefused(body: AnthropicBody, betas: string): string | null {
  for (const name of Object.keys(body)) {
    const beta = BETAS[name];
    if (KNOWN.includes(name) || (beta && betas.includes(beta))) continue;
    return `${name}: Extra inputs are not permitted`;
  }
  if (!Number.isInteger(body.max_tokens) || body.max_tokens < 1) return "max_tokens: Field required";
  if (!Array.isArray(body.messages) || body.messages.length === 0)
    return "messages: at least one message is required";
  if (body.messages[0]?.role !== "user") return "messages: first message must use the user role";
  return thinkingFault(body) ?? toolFault(body) ?? messagesFault(body);
}

function thinkingFault({
  thinking,
  max_tokens: most,
  temperature,
  top_k: topK,
  tool_choice: choice,
}: AnthropicBody) {
  const asked = thinking as { type?: string; budget_tokens?: number } | undefined;
  if (!asked || asked.type === "disabled") return null;
  if (asked.type === "enabled") {
    const budget = asked.budget_tokens ?? 0;
    if (budget < 1_024)
      return "thinking.enabled.budget_tokens: Input should be greater than or equal to 1024";
    if (budget >= most) return "`max_tokens` must be greater than `thinking.budget_tokens`.";
  }
  if (temperature !== undefined && temperature !== 1)
    return "`temperature` may only be set to 1 when thinking is enabled.";
  if (topK !== undefined) return "`top_k` must be unset when thinking is enabled.";
  const { type } = (choice ?? {}) as { type?: string };
  return type === "any" || type === "tool"
    ? "Thinking may not be enabled when tool_choice forces tool use."
    : null;
}

function toolFault({ tools = [], tool_choice: choice }: AnthropicBody): string | null {
  if (choice !== undefined && tools.length === 0)
    return "tool_choice: may only be specified while providing tools";
  for (const [at, tool] of tools.entries()) {
    if (typeof tool.type === "string" && tool.type !== "custom") continue;
    const schema = tool.input_schema as { type?: string } | undefined;
    if (schema?.type !== "object") return `tools.${at}.custom.input_schema.type: Field required`;
  }
  return null;
}

function messagesFault({ messages, thinking }: AnthropicBody): string | null {
  for (const [at, message] of messages.entries()) {
    if (!["user", "assistant", "system"].includes(message.role))
      return `messages.${at}.role: Input should be 'user' or 'assistant'`;
    const blocks =
      typeof message.content === "string" ? [{ type: "text", text: message.content }] : message.content;
    if (blocks.length === 0) return `messages.${at}.content: Field required`;
    for (const [place, block] of blocks.entries()) {
      const fault = blockFault(block);
      if (fault) return `messages.${at}.content.${place}.${fault}`;
    }
    const results = resultIds(blocks);
    const calls = callIds(messages[at - 1]?.content);
    const orphan = results.find((id) => !calls.includes(id));
    if (orphan)
      return `messages.${at}.content: unexpected \`tool_use_id\` found in \`tool_result\` blocks: ${orphan}`;
    const answered = resultIds(messages[at + 1]?.content);
    const open = callIds(blocks).find((id) => !answered.includes(id));
    if (open)
      return `messages.${at}: \`tool_use\` ids were found without \`tool_result\` blocks immediately after: ${open}`;
    const budget = (thinking as { type?: string } | undefined)?.type === "enabled";
    const answering = at === messages.length - 2 && resultIds(messages.at(-1)?.content).length > 0;
    if (budget && answering && !String(blocks[0]?.type).includes("thinking"))
      return `messages.${at}.content.0.type: Expected \`thinking\` or \`redacted_thinking\`, but found \`${String(blocks[0]?.type)}\`.`;
  }
  return null;
}

function blockFault(block: Json): string | null {
  const fields = BLOCK[String(block.type)];
  if (!fields) return `type: unknown block ${String(block.type)}`;
  const extra = Object.keys(block).find((name) => !["type", "cache_control", ...fields].includes(name));
  if (extra) return `${String(block.type)}.${extra}: Extra inputs are not permitted`;
  if (block.type === "text" && String(block.text).trim() === "")
    return "text: text content blocks must contain non-whitespace text";
  if (block.type === "thinking" && !String(block.signature).startsWith("sig"))
    return "thinking.signature: Invalid `signature` in `thinking` block";
  if (block.type === "tool_use" && !/^[a-zA-Z0-9_-]+$/.test(String(block.id)))
    return "tool_use.id: String should match pattern '^[a-zA-Z0-9_-]+$'";
  if (block.type === "tool_use" && (typeof block.input !== "object" || block.input === null))
    return "tool_use.input: Input should be a valid dictionary";
  return null;
}

const idsOf = (content: unknown, type: string, field: string): string[] =>
  (Array.isArray(content) ? (content as Json[]) : [])
    .filter((block) => block.type === type)
    .map((block) => String(block[field]));
const callIds = (content: unknown) => idsOf(content, "tool_use", "id");
const resultIds = (content: unknown) => idsOf(content, "tool_result", "tool_use_id");
