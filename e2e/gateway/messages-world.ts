import { ANTHROPIC_KEY, FakeAnthropic } from "@/e2e/fakes/anthropic";
import { type Customer, type GatewayWorld, startWorld } from "@/e2e/gateway/world";
import type { Ctx } from "@/lib/actor";
import { addConnection } from "@/lib/catalog/add-connection";
import { addModel } from "@/lib/catalog/add-model";
import { newId } from "@/lib/ids";

const ctx: Ctx = { actor: { kind: "cli" }, workspaceId: "", requestId: newId("req") };

export interface MessagesWorld extends GatewayWorld {
  anthropic: FakeAnthropic;
}

/**
 * A gateway before a scripted OpenAI-compatible upstream and a scripted Anthropic. Prices per million tokens: $1 in,
 * $2 out, $0.10 read from the cache, $1.25 and $2 written to it for five minutes and an hour, $3 thinking.
 */
export async function startMessagesWorld(
  models: { chat: readonly string[]; anthropic: readonly string[] },
  options: Parameters<typeof startWorld>[1] = {},
): Promise<MessagesWorld> {
  const anthropic = await new FakeAnthropic().start();
  await addConnection(ctx, {
    name: "anthropic",
    kind: "anthropic",
    url: anthropic.url,
    key: ANTHROPIC_KEY,
    allowPrivate: true,
    firstByteTimeoutMs: options.firstByteTimeoutMs ?? 600,
    idleTimeoutMs: options.idleTimeoutMs ?? 600,
  });
  for (const id of models.anthropic) {
    await addModel(ctx, {
      id,
      connection: "anthropic",
      upstreamId: id,
      inputUsdPerMillion: "1",
      outputUsdPerMillion: "2",
      cachedInputUsdPerMillion: "0.1",
      cacheWrite5mUsdPerMillion: "1.25",
      cacheWrite1hUsdPerMillion: "2",
      reasoningUsdPerMillion: "3",
      contextTokens: 1_000_000,
      maxOutputTokens: 64_000,
      vision: true,
      promptCache: true,
      reasoning: true,
      structuredOutput: true,
    });
  }
  const world = await startWorld(models.chat, options);
  return {
    ...world,
    anthropic,
    async stop() {
      await world.stop();
      await anthropic.stop();
    },
  };
}

/** Sends a body to a path below /v1 as Claude Code sends it. */
export function post(
  world: GatewayWorld,
  who: Customer,
  path: string,
  body: object,
  more: { headers?: Record<string, string>; signal?: AbortSignal } = {},
): Promise<Response> {
  return fetch(`${world.baseUrl}/${path}`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${who.secret}`,
      "content-type": "application/json",
      "anthropic-version": "2023-06-01",
      ...more.headers,
    },
    body: JSON.stringify(body),
    ...(more.signal ? { signal: more.signal } : {}),
  });
}

export interface Sent {
  name: string;
  data: Record<string, unknown> & { type: string };
}

/** The events of a stream in Anthropic's dialect, pings left out. */
export async function readEvents(response: Response): Promise<Sent[]> {
  const events: Sent[] = [];
  for (const frame of (await response.text()).split("\n\n")) {
    if (frame === "") continue;
    const [, name, data] = /^event: (\w+)\ndata: (.*)$/.exec(frame) ?? [];
    if (!name || !data) throw new Error(`no event: ${frame.slice(0, 200)}`);
    if (name !== "ping") events.push({ name, data: JSON.parse(data) as Sent["data"] });
  }
  return events;
}

/** The content that events amount to, as Anthropic's clients put it together. */
export function contentOf(events: readonly Sent[]): Record<string, unknown>[] {
  const content: Record<string, unknown>[] = [];
  for (const { data } of events) {
    const block = content[data.index as number];
    if (data.type === "content_block_start") content.push({ ...(data.content_block as object) });
    if (data.type !== "content_block_delta" || !block) continue;
    const { type: _type, partial_json: json, ...pieces } = data.delta as Record<string, string>;
    if (json !== undefined) block.json = `${String(block.json ?? "")}${json}`;
    for (const [name, piece] of Object.entries(pieces)) block[name] = `${String(block[name] ?? "")}${piece}`;
  }
  return content.map(({ json, ...block }) =>
    json === undefined ? block : { ...block, input: JSON.parse(String(json) || "{}") },
  );
}

const CACHED = { cache_control: { type: "ephemeral" } };

/** What Claude Code 2.1 sends with `?beta=true`, shortened. */
export function claudeCodeBody(model: string, more: object = {}): object {
  return {
    model,
    max_tokens: 32_000,
    stream: true,
    system: [
      { type: "text", text: "x-anthropic-billing-header: cc_version=2.1.329; cc_entrypoint=cli;" },
      { type: "text", text: "You are Claude Code, Anthropic's official CLI for Claude.", ...CACHED },
      { type: "text", text: "You are an interactive agent.", ...CACHED },
    ],
    messages: [
      { role: "user", content: [{ type: "text", text: "<system-reminder>Today</system-reminder>" }] },
      { role: "system", content: [{ type: "text", text: "Tools may be deferred.", ...CACHED }] },
      { role: "user", content: [{ type: "text", text: "What is the weather in Bern?", ...CACHED }] },
    ],
    tools: [
      { name: "get_weather", description: "Weather.", input_schema: { type: "object", properties: {} } },
      { name: "ToolSearch", description: "Finds tools.", input_schema: { type: "object", properties: {} } },
      {
        name: "DeferredToolPlaceholder",
        description: "Later.",
        input_schema: { type: "object", properties: {} },
        defer_loading: true,
      },
    ],
    thinking: { type: "adaptive", display: "omitted" },
    context_management: { edits: [{ type: "clear_thinking_20251015", keep: "all" }] },
    output_config: { effort: "medium" },
    metadata: { user_id: `{"device_id":"${"0".repeat(64)}","account_uuid":"","session_id":"7a1c"}` },
    ...more,
  };
}

export const CLAUDE_CODE_HEADERS = {
  "anthropic-beta": "claude-code-20250219,context-management-2025-06-27,effort-2025-11-24",
  "x-app": "cli",
  "x-claude-code-session-id": "7a1c",
  "anthropic-dangerous-direct-browser-access": "true",
};
