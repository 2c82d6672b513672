import type { Pool } from "undici";
import { ProbeExchange, ProbeFailed } from "@/lib/catalog/probe-exchange";
import type { CatalogConnection } from "@/lib/catalog/types";
import type { Json } from "@/lib/gateway/dialects/api-request";
import { connectFault, type UpstreamAlert } from "@/lib/gateway/routing/account-fault";
import { redact } from "@/lib/gateway/upstreams/redact";
import type { ModelKind } from "@/prisma/generated/client";

export interface ProbeStep {
  step: "models" | "call" | "stream" | "tools" | "cache";
  outcome: "ok" | "failed" | "skipped";
  /** The status and the upstream's wording, redacted; null when all is well. */
  reason: string | null;
  /** The fault by the name under which the gateway would report it; null where it has none. */
  alert: UpstreamAlert | null;
  /** The model's flag to switch off when this fails; null where the connection itself is at fault. */
  flag: "tools" | "promptCache" | null;
  durationMs: number;
}

export interface ProbeWish {
  /** The model to ask, as the upstream names it; null for the first that it lists. */
  upstreamId: string | null;
  kind: ModelKind;
}

/** Room for models that reason before they answer. */
const MAX_TOKENS = 512;
/** About five thousand tokens: every vendor caches prompts of that length. */
const LONG_PROMPT =
  "Remember this sentence, which is here to make the prompt long enough to be cached. ".repeat(320);
/** Ids that an OpenAI-compatible list holds beside chat models. */
const NO_CHAT =
  /embed|whisper|tts|dall-e|image|moderation|audio|realtime|transcribe|davinci|babbage|sora|rerank|ocr/i;

/**
 * Asks an upstream what the gateway will ask of it, one thing after the other, over the same wires. Costs a few
 * thousand tokens upstream.
 */
export async function probeUpstream(
  pool: Pool,
  connection: CatalogConnection,
  wish: ProbeWish,
): Promise<{ upstreamId: string | null; ok: boolean; steps: ProbeStep[] }> {
  const exchange = new ProbeExchange(pool, connection);
  const steps: ProbeStep[] = [];
  let upstreamId = wish.upstreamId ?? deploymentOf(connection);
  const secrets = [connection.key, ...Object.values(connection.headers)];
  const run = async (step: ProbeStep["step"], flag: ProbeStep["flag"], work: () => Promise<void>) => {
    const began = performance.now();
    const note = (outcome: ProbeStep["outcome"], reason: string | null, alert: UpstreamAlert | null = null) =>
      steps.push({ step, flag, outcome, reason, alert, durationMs: Math.round(performance.now() - began) });
    try {
      await work();
      note("ok", null);
    } catch (error) {
      const { message, code } = error as Error & { code?: string };
      const failed = error instanceof ProbeFailed ? error : null;
      const reason = failed ? message : typeof code === "string" ? code : message;
      note("failed", redact(reason, secrets), failed ? failed.alert : connectFault(code ?? ""));
    }
  };
  const skip = (step: ProbeStep["step"], flag: ProbeStep["flag"]) =>
    steps.push({ step, flag, outcome: "skipped", reason: null, alert: null, durationMs: 0 });

  await run("models", null, async () => {
    const ids = await exchange.list();
    if (ids.length === 0) throw new ProbeFailed("the list holds no model");
    // Azure lists what could be deployed, which is not what is.
    if (connection.kind !== "azure") upstreamId ??= ids.find((id) => !NO_CHAT.test(id)) ?? ids[0] ?? null;
  });

  const model = upstreamId;
  const chat = wish.kind === "chat";
  if (model === null) skip("call", null);
  else if (chat) await run("call", null, () => probeCall(exchange, model));
  else await run("call", null, () => probeEmbeddings(exchange, model));
  const works = steps.some(({ step, outcome }) => step === "call" && outcome === "ok");
  if (model === null || !works || !chat) {
    skip("stream", null);
    skip("tools", "tools");
    skip("cache", "promptCache");
  } else {
    await run("stream", null, () => probeStream(exchange, model));
    await run("tools", "tools", () => probeTools(exchange, model));
    await run("cache", "promptCache", () => probeCache(exchange, model, connection.kind === "anthropic"));
  }
  const needed: ProbeStep["step"][] = chat ? ["models", "call", "stream"] : ["models", "call"];
  const ok = steps.every(({ step, outcome }) => outcome === "ok" || !needed.includes(step));
  return { upstreamId: model, ok, steps };
}

/** OpenAI's reasoning models take only the newer field for the cap. */
function say(model: string, content: unknown): Json {
  const cap = /(?:^|\/)(?:o\d|gpt-[5-9])/.test(model) ? "max_completion_tokens" : "max_tokens";
  return { messages: [{ role: "user", content }], [cap]: MAX_TOKENS };
}

async function probeCall(exchange: ProbeExchange, model: string): Promise<void> {
  const { observer, completion } = await exchange.ask(model, say(model, "Say pong."));
  if (!Array.isArray(completion?.choices) || completion.choices.length === 0)
    throw new ProbeFailed("the answer has no choices");
  if (observer.usage === null) throw new ProbeFailed("the answer has no usage");
}

async function probeEmbeddings(exchange: ProbeExchange, model: string): Promise<void> {
  const { observer } = await exchange.embed(model);
  if (!observer.delivered) throw new ProbeFailed("the answer has no embedding");
}

async function probeStream(exchange: ProbeExchange, model: string): Promise<void> {
  const { observer } = await exchange.ask(model, say(model, "Say pong."), true);
  if (!observer.finished) throw new ProbeFailed("the stream ends without saying why");
  if (observer.usage === null) throw new ProbeFailed("the stream reports no usage");
}

async function probeTools(exchange: ProbeExchange, model: string): Promise<void> {
  const parameters = { type: "object", properties: { word: { type: "string" } }, required: ["word"] };
  const { completion } = await exchange.ask(model, {
    ...say(model, "Call the tool ping with the word pong."),
    tools: [{ type: "function", function: { name: "ping", description: "Answers a word.", parameters } }],
    tool_choice: { type: "function", function: { name: "ping" } },
  });
  const [choice] = (completion?.choices ?? []) as { message?: { tool_calls?: unknown[] } }[];
  if (!choice?.message?.tool_calls?.length) throw new ProbeFailed("it answered without calling the tool");
}

/** Anthropic caches what is marked, the others by themselves. */
async function probeCache(exchange: ProbeExchange, model: string, marked: boolean): Promise<void> {
  const long = { type: "text", text: LONG_PROMPT, cache_control: { type: "ephemeral" } };
  const prompt = marked ? [long, { type: "text", text: "Say pong." }] : `${LONG_PROMPT}Say pong.`;
  await exchange.ask(model, say(model, prompt));
  const { observer } = await exchange.ask(model, say(model, prompt));
  if (!observer.usage?.cachedTokens) throw new ProbeFailed("a repeated prompt was not read from a cache");
}

/** The deployment that an Azure address names. */
function deploymentOf({ kind, baseUrl }: CatalogConnection): string | null {
  const named = kind === "azure" ? /\/openai\/deployments\/([^/?]+)/.exec(baseUrl)?.[1] : undefined;
  return named === undefined ? null : decodeURIComponent(named);
}
