import { createHash } from "node:crypto";

/** A place in a list of calls: just beside this call, on its older or its newer side. */
export interface CallCursor {
  side: "older" | "newer";
  /** When the call was settled, in microseconds since 1970. */
  atMicros: bigint;
  requestId: string;
}

/** Binds a cursor to its workspace, so that one out of another's link is seen to be foreign. It is not a secret. */
function mark(workspaceId: string): string {
  return createHash("sha256").update(`calls:${workspaceId}`).digest("base64url").slice(0, 10);
}

/** The cursor as text for a URL. */
export function writeCursor(cursor: CallCursor, workspaceId: string): string {
  const text = `${cursor.side}.${cursor.atMicros}.${mark(workspaceId)}.${cursor.requestId}`;
  return Buffer.from(text).toString("base64url");
}

/** The cursor in a text; null if it is garbled, or of another workspace. */
export function parseCursor(text: string, workspaceId: string): CallCursor | null {
  if (!/^[A-Za-z0-9_-]{1,400}$/.test(text)) return null;
  const match = /^(older|newer)\.(\d{1,17})\.([A-Za-z0-9_-]{10})\.([A-Za-z0-9_.:-]{1,200})$/.exec(
    Buffer.from(text, "base64url").toString("utf8"),
  );
  if (!match) return null;
  const [, side, at = "0", bound, requestId = ""] = match;
  if (bound !== mark(workspaceId)) return null;
  return { side: side === "newer" ? "newer" : "older", atMicros: BigInt(at), requestId };
}
