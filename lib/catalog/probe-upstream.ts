import type { Pool } from "undici";
import type { CatalogConnection } from "@/lib/catalog/types";
import { targetOpenAi } from "@/lib/gateway/upstreams/openai-compatible";
import { redact, upstreamMessage } from "@/lib/gateway/upstreams/redact";
import { SseParser } from "@/lib/gateway/upstreams/sse-parser";

export interface ProbeStep {
  step: "models" | "call" | "stream" | "tools" | "cache";
  outcome: "ok" | "failed" | "skipped";
  /** The status and the upstream's wording, redacted; null when all is well. */
  reason: string | null;
  /** The model's flag to switch off when this fails; null where the connection itself is at fault. */
  flag: "tools" | "promptCache" | null;
  durationMs: number;
}

type Json = Record<string, unknown>;
const MAX_TOKENS = 64;
/** OpenAI caches prompts from 1,024 tokens on. */
const LONG_PROMPT =
  "Remember this sentence, which is here to make the prompt long enough to be cached. ".repeat(120);

class Failed extends Error {}

/** Asks an OpenAI-compatible upstream what the gateway will ask of it, one thing after the other. */
export async function probeUpstream(
  pool: Pool,
  connection: CatalogConnection,
  wanted: string | null,
): Promise<{ upstreamId: string | null; ok: boolean; steps: ProbeStep[] }> {
  const steps: ProbeStep[] = [];
  let upstreamId = wanted;
  const secrets = [connection.key, ...Object.values(connection.headers)];
  const run = async (
    step: ProbeStep["step"],
    flag: ProbeStep["flag"],
    work: (model: string) => Promise<void>,
  ) => {
    const began = performance.now();
    const note = (outcome: ProbeStep["outcome"], reason: string | null) =>
      steps.push({ step, flag, outcome, reason, durationMs: Math.round(performance.now() - began) });
    if (
      step !== "models" &&
      (upstreamId === null || steps.some((one) => one.step === "call" && one.outcome !== "ok"))
    ) {
      note("skipped", null);
      return;
    }
    try {
      await work(upstreamId ?? "");
      note("ok", null);
    } catch (error) {
      const { message, code } = error as Error & { code?: string };
      note("failed", redact(error instanceof Failed ? message : (code ?? message), secrets));
    }
  };
  const deadline = { headersTimeout: connection.firstByteTimeoutMs, bodyTimeout: connection.idleTimeoutMs };
  const ask = async (body: Json, stream = false): Promise<string> => {
    const { path, headers } = targetOpenAi(connection, "chat/completions", stream);
    const answer = await pool.request({
      method: "POST",
      path,
      headers,
      body: JSON.stringify(body),
      ...deadline,
    });
    return textOf(answer.statusCode, await answer.body.text());
  };
  const say = (content: string) => ({ messages: [{ role: "user", content }], max_tokens: MAX_TOKENS });

  await run("models", null, async () => {
    const { path, headers } = targetOpenAi(connection, "models", false);
    const answer = await pool.request({ method: "GET", path, headers, ...deadline });
    const list = object(textOf(answer.statusCode, await answer.body.text())).data;
    const [first] = Array.isArray(list) ? (list as Json[]) : [];
    if (typeof first?.id !== "string") throw new Failed("the list holds no model");
    upstreamId ??= first.id;
  });
  await run("call", null, async (model) => {
    const { choices, usage } = object(await ask({ model, ...say("Say pong.") }));
    if (!Array.isArray(choices) || choices.length === 0) throw new Failed("the answer has no choices");
    if (typeof (usage as Json | undefined)?.prompt_tokens !== "number")
      throw new Failed("the answer has no usage");
  });
  await run("stream", null, async (model) => {
    const events: string[] = [];
    const parser = new SseParser((data) => events.push(data));
    const body = { model, ...say("Say pong."), stream: true, stream_options: { include_usage: true } };
    parser.push(Buffer.from(await ask(body, true)));
    if (events.length < 2) throw new Failed("the answer is not a stream of events");
    if (!events.some((data) => data.includes('"prompt_tokens"')))
      throw new Failed("the stream reports no usage");
  });
  await run("tools", "tools", async (model) => {
    const call = {
      type: "function",
      function: { name: "ping", parameters: { type: "object", properties: {} } },
    };
    const choice = { type: "function", function: { name: "ping" } };
    const answer = await ask({ model, ...say("Call the tool ping."), tools: [call], tool_choice: choice });
    if (!answer.includes('"tool_calls"')) throw new Failed("it answered without calling the tool");
  });
  await run("cache", "promptCache", async (model) => {
    const body = { model, ...say(`${LONG_PROMPT} Say pong.`) };
    await ask(body);
    if (
      !/"(?:cached_tokens|prompt_cache_hit_tokens|cache_read_input_tokens)":\s*[1-9]/.test(await ask(body))
    ) {
      throw new Failed("a repeated prompt was not read from a cache");
    }
  });
  const ok = steps.every(({ step, outcome }) => outcome === "ok" || step === "tools" || step === "cache");
  return { upstreamId, ok, steps };
}

function textOf(status: number, text: string): string {
  if (status === 200) return text;
  const said = upstreamMessage(text)?.message;
  throw new Failed(said ? `${status}: ${said}` : `status ${status}`);
}

function object(text: string): Json {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null) return value as Json;
  } catch {
    // Judged below.
  }
  throw new Failed("the answer is not JSON");
}
