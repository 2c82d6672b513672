import type { IncomingMessage, ServerResponse } from "node:http";
import { answerChat } from "@/lib/sandbox/echo/answer-chat";

const MAX_BODY_BYTES = 40 * 1_048_576;
const PREFIX = "/echo/v1/";

function reply(res: ServerResponse, status: number, body: unknown): void {
  const text = JSON.stringify(body);
  res.writeHead(status, { "content-type": "application/json", "content-length": Buffer.byteLength(text) });
  res.end(text);
}

/** An error as OpenAI's API words it. */
function refuse(res: ServerResponse, status: number, message: string, param: string | null = null): void {
  reply(res, status, { error: { message, type: "invalid_request_error", param, code: null } });
}

async function readBody(req: IncomingMessage): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of req) {
    size += (chunk as Buffer).length;
    if (size > MAX_BODY_BYTES) return null;
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks);
}

/**
 * The upstream behind `sandbox/echo`: `/echo/v1/models` and `/echo/v1/chat/completions` as OpenAI's API has them,
 * with deterministic answers and true token counts. False for every other path, which is left untouched.
 */
export async function handleEcho(req: IncomingMessage, res: ServerResponse): Promise<boolean> {
  const path = (req.url ?? "").replace(/\?.*$/, "");
  if (!path.startsWith(PREFIX)) return false;
  switch (`${req.method} ${path.slice(PREFIX.length)}`) {
    case "GET models":
      reply(res, 200, {
        object: "list",
        data: [{ id: "echo", object: "model", created: 0, owned_by: "sandbox" }],
      });
      return true;
    case "POST chat/completions":
      break;
    default:
      refuse(res, 404, `The sandbox has no ${req.method} ${path}`);
      return true;
  }
  let bytes: Buffer | null;
  try {
    bytes = await readBody(req);
  } catch {
    // The caller hung up while sending.
    return true;
  }
  if (!bytes) {
    refuse(res, 413, "The request is too large");
    return true;
  }
  let body: unknown;
  try {
    body = JSON.parse(bytes.toString("utf8"));
  } catch {
    refuse(res, 400, "The body is not valid JSON");
    return true;
  }
  const wrong = await answerChat(body, res);
  if (wrong) refuse(res, 400, `Invalid value for '${wrong}'`, wrong);
  return true;
}
