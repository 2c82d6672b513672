import { FakeGemini, GEMINI_KEY } from "@/e2e/fakes/gemini";
import { type GatewayWorld, startWorld } from "@/e2e/gateway/world";
import type { Ctx } from "@/lib/actor";
import { addConnection } from "@/lib/catalog/add-connection";
import { addModel } from "@/lib/catalog/add-model";
import { newId } from "@/lib/ids";

/** Whoever sets the gateway up. */
export const ctx: Ctx = { actor: { kind: "cli" }, workspaceId: "", requestId: newId("req") };

export interface GeminiWorld extends GatewayWorld {
  gemini: FakeGemini;
}

/**
 * A gateway before a scripted Gemini, which serves every given id as a chat model that can do everything, at $1, $2
 * and, cached, $0.25 per million tokens; ids with `embedding` in them as models for embeddings.
 */
export async function startGeminiWorld(
  ids: readonly string[],
  scripted: readonly string[] = [],
): Promise<GeminiWorld> {
  const gemini = await new FakeGemini().start();
  const connection = { kind: "google", url: gemini.url, allowPrivate: true } as const;
  const timeouts = { firstByteTimeoutMs: 2_000, plainTimeoutMs: 2_000, idleTimeoutMs: 2_000 };
  await addConnection(ctx, { name: "gemini", key: GEMINI_KEY, ...connection, ...timeouts });
  await addConnection(ctx, {
    name: "gemini-locked",
    key: "AIzaSyOfSomebodyElse",
    ...connection,
    ...timeouts,
  });
  for (const id of ids) {
    const isEmbedding = id.includes("embedding");
    await addModel(ctx, {
      id,
      kind: isEmbedding ? "embeddings" : "chat",
      connection: id.endsWith("-locked") ? "gemini-locked" : "gemini",
      upstreamId: id,
      inputUsdPerMillion: "1",
      outputUsdPerMillion: isEmbedding ? "0" : "2",
      cachedInputUsdPerMillion: "0.25",
      contextTokens: 128_000,
      maxOutputTokens: 16_384,
      vision: true,
      reasoning: true,
      structuredOutput: true,
      promptCache: true,
    });
  }
  const world = await startWorld(scripted);
  return {
    ...world,
    gemini,
    async stop() {
      await world.stop();
      await gemini.stop();
    },
  };
}
