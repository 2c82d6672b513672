import type { IncomingMessage, ServerResponse } from "node:http";
import { startStripe } from "@/lib/sandbox/stripe/start-stripe";

/** Answers `/v1/*` and `/sandbox/pay/*` in the sandbox process; false for paths that are not the stand-in's. */
export function handleStripe(request: IncomingMessage, response: ServerResponse): Promise<boolean> {
  return startStripe().handle(request, response);
}
