import type { CatalogModel } from "@/lib/catalog/types";
import type { Hold } from "@/lib/gateway/admit";
import type { Call } from "@/lib/gateway/call";
import { chooseRoutes } from "@/lib/gateway/choose-routes";
import type { ApiRequest } from "@/lib/gateway/dialects/api-request";
import { StreamedAnswer } from "@/lib/gateway/streamed-answer";
import { isFailure, tryRoutes } from "@/lib/gateway/try-routes";

/**
 * A streamed answer. Routes are tried until one delivers its first event; from then on the stream runs to its
 * end by itself, whatever that end is, and is settled before the caller is told that it is over.
 */
export async function answerStream(
  call: Call,
  request: ApiRequest,
  model: CatalogModel,
  hold: Hold,
): Promise<void> {
  const { services } = call;
  const stream = new StreamedAnswer(call, request, model, hold);
  call.onGone = () => stream.clientGone();
  const leave = services.openCalls.enter(() => stream.cutByShutdown());
  services.ticker.add(stream);
  try {
    const order = { strategy: model.strategy, health: services.routeHealth, streamed: true };
    const routes = chooseRoutes(model.routes, order);
    const tried = await tryRoutes(call, routes, (route) => stream.attempt(route), true);
    if (isFailure(tried.result)) await stream.failBeforeOutput(tried.result, tried);
    else await stream.run(tried);
  } finally {
    services.ticker.delete(stream);
    leave();
  }
}
