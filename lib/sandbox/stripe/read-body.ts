import type { IncomingMessage } from "node:http";
import { StripeFault } from "@/lib/sandbox/stripe/stripe-fault";

const LIMIT_BYTES = 1024 * 1024;

/** The request's body as text. Throws StripeFault (413) beyond 1 MB. */
export async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > LIMIT_BYTES) {
      throw new StripeFault(413, { type: "invalid_request_error", message: "Request body too large." });
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}
