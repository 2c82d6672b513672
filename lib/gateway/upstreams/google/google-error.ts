import type { Json } from "@/lib/gateway/dialects/api-request";
import { isObject } from "@/lib/gateway/dialects/read-fields";

/** The error object of a body, which Google wraps in a list where a stream was asked for. */
export function googleError(body: unknown): Json | null {
  const root: unknown = Array.isArray(body) ? body[0] : body;
  return isObject(root) && isObject(root.error) ? root.error : null;
}
