import { createHash } from "node:crypto";

/** A place in a list of calls: just beside this call, on its older or its newer side. */
export interface CallCursor {
  side: "older" | "newer";
  /** When the call was settled, in microseconds since 1970. */
  atMicros: bigint;
  requestId: string;
}

/**
 * Binds a place to its workspace, so that a garbled link and one out of another workspace are seen for what they
 * are. It keeps no secret: a place says nothing, and every query asks for the workspace itself.
 */
function mark(place: string, workspaceId: string): string {
  return createHash("sha256").update(`${workspaceId}.${place}`).digest("base64url").slice(0, 10);
}

/** The cursor as text for a URL. */
export function writeCursor(cursor: CallCursor, workspaceId: string): string {
  const place = `${cursor.side}.${cursor.atMicros}.${cursor.requestId}`;
  return Buffer.from(`${mark(place, workspaceId)}.${place}`).toString("base64url");
}

/** The cursor in a text; null if it is garbled, or of another workspace. */
export function parseCursor(text: string, workspaceId: string): CallCursor | null {
  if (!/^[A-Za-z0-9_-]{1,400}$/.test(text)) return null;
  const plain = Buffer.from(text, "base64url").toString("utf8");
  const match = /^([\w-]{10})\.((older|newer)\.(\d{1,17})\.([\w.:-]{1,200}))$/.exec(plain);
  if (!match) return null;
  const [, bound, place = "", side, at = "0", requestId = ""] = match;
  if (bound !== mark(place, workspaceId)) return null;
  return { side: side === "newer" ? "newer" : "older", atMicros: BigInt(at), requestId };
}
