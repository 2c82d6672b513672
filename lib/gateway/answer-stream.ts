import type { CatalogModel, CatalogRoute } from "@/lib/catalog/types";
import type { Hold } from "@/lib/gateway/admit";
import type { Call } from "@/lib/gateway/call";
import { ChatStream } from "@/lib/gateway/chat-stream";
import { chooseRoutes } from "@/lib/gateway/choose-routes";
import type { ChatRequest } from "@/lib/gateway/dialects/chat/parse-chat";
import { capFieldOf, rewriteChat } from "@/lib/gateway/dialects/chat/rewrite-chat";
import { isFailure, tryRoutes } from "@/lib/gateway/try-routes";
import { targetOpenAi } from "@/lib/gateway/upstreams/openai-compatible";

/**
 * A streamed completion. Routes are tried until one delivers its first event; from then on the stream runs to its
 * end by itself, whatever that end is, and is settled before the caller is told that it is over.
 */
export async function answerStream(
  call: Call,
  chat: ChatRequest,
  model: CatalogModel,
  hold: Hold,
): Promise<void> {
  const { services } = call;
  const stream = new ChatStream(call, chat, model, hold);
  call.onGone = () => stream.clientGone();
  const leave = services.openCalls.enter(() => stream.cutByShutdown());
  services.ticker.add(stream);
  const attempt = (route: CatalogRoute) =>
    stream.attempt(
      route,
      targetOpenAi(route.connection, "chat/completions", true),
      rewriteChat(chat, {
        upstreamId: route.upstreamId,
        capTokens: hold.sendCap ? hold.capTokens : null,
        capField: capFieldOf(model),
      }),
    );
  try {
    const { route, fallbacks, result } = await tryRoutes(call, chooseRoutes(model.routes), attempt);
    if (isFailure(result)) await stream.failBeforeOutput(result, route, fallbacks);
    else await stream.run(fallbacks);
  } finally {
    services.ticker.delete(stream);
    leave();
  }
}
