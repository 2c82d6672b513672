import { nearestIds } from "@/lib/catalog/nearest-ids";
import { authenticate } from "@/lib/gateway/authenticate";
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

/**
 * A path that is not there: says which URL is meant, or which there are. With a key that works, it leaves a row, so
 * that whoever sets up a client sees which path arrived.
 */
export async function unknownEndpoint(call: Call, path: string): Promise<never> {
  const base = `${call.services.publicApiUrl}/v1`;
  const shown = JSON.stringify(`/${path}`.slice(0, 100));
  const [near] = nearestIds(path.replace(/^v\d+\//, ""), OFFERED);
  const hint = near
    ? `Did you mean ${base}/${near}?`
    : `The base URL for OpenAI-compatible clients is ${base}; chat completions are at ${base}/chat/completions.`;
  const error = new GatewayError("not_found", {
    message: `There is nothing at ${shown}. ${hint}`,
    extra: { base_url: base },
  });
  const asked = `${call.req.method ?? ""} /${path}`;
  await authenticate(call).then(
    () => call.services.refusedRows.recordUnread(call, asked, error),
    () => undefined,
  );
  throw error;
}

/** A known path with another method. */
export function wrongMethod(call: Call, wanted: string): never {
  const base = `${call.services.publicApiUrl}/v1`;
  const method = (call.req.method ?? "").slice(0, 20);
  // A client that wants the whole address of an endpoint was given the base URL.
  const hint =
    call.endpoint === "root" && method === "POST"
      ? ` Send chat completions to ${base}/chat/completions, messages to ${base}/messages.`
      : "";
  throw new GatewayError("not_found", {
    message: `This address takes ${wanted}, not ${method}.${hint}`,
    extra: { base_url: base },
  });
}
