import { AppError } from "@/lib/errors";

/** A body is a few limits. */
export const MAX_BODY_BYTES = 65_536;

/** The whole body as bytes. Throws too_large beyond `maxBytes`, and reads no further. */
export async function readBody(request: Request, maxBytes = MAX_BODY_BYTES): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  if (!request.body) return Buffer.alloc(0);
  for await (const chunk of request.body as unknown as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    if (size > maxBytes) {
      throw new AppError("too_large", "bodyTooLarge", { values: { kilobytes: maxBytes / 1_024 } });
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** A body as JSON, `{}` where there is none. Throws invalid_input for anything else. */
export function parseJson(body: string): unknown {
  if (body.trim() === "") return {};
  try {
    return JSON.parse(body);
  } catch {
    throw new AppError("invalid_input", "bodyNotJson", { field: "body" });
  }
}
