import { nearestIds } from "@/lib/catalog/nearest-ids";
import type { Call } from "@/lib/gateway/call";
import { GatewayError } from "@/lib/gateway/gateway-error";

const OFFERED = [
  "chat/completions",
  "responses",
  "messages",
  "messages/count_tokens",
  "completions",
  "embeddings",
  "generation",
  "models",
  "key",
  "credits",
];

/** A path that is not there: says which URL is meant, or which there are. */
export function unknownEndpoint(call: Call, path: string): never {
  const base = `${call.services.publicApiUrl}/v1`;
  const shown = JSON.stringify(`/${path}`.slice(0, 100));
  const [near] = nearestIds(path.replace(/^v\d+\//, ""), OFFERED);
  const hint = near
    ? `Did you mean ${base}/${near}?`
    : `The base URL for OpenAI-compatible clients is ${base}; chat completions are at ${base}/chat/completions.`;
  throw new GatewayError("not_found", {
    message: `There is nothing at ${shown}. ${hint}`,
    extra: { base_url: base },
  });
}

/** A known path with another method. */
export function wrongMethod(call: Call, wanted: string): never {
  const method = (call.req.method ?? "").slice(0, 20);
  throw new GatewayError("not_found", { message: `This address takes ${wanted}, not ${method}.` });
}
