/** No event or line of an upstream may be larger than this. */
export const MAX_EVENT_BYTES = 1_048_576;

const LF = 10;
const CR = 13;
const COLON = 58;
const SPACE = 32;
const EMPTY = Buffer.alloc(0);

/** Thrown by `push` when a line or an event grows beyond its bound. */
export class SseOverflow extends Error {
  override readonly name = "SseOverflow";
}

/**
 * An incremental parser of text/event-stream, as the WHATWG standard has it: bytes may be split anywhere, lines
 * end with LF, CRLF or CR, lines that begin with a colon are comments, several `data` lines make one event.
 * Only complete lines are decoded, so no character is ever cut. An event that no empty line ends is not one.
 */
export class SseParser {
  private readonly onEvent: (data: string, event: string) => void;
  private rest: Buffer = EMPTY;
  private data: string | null = null;
  private event = "";
  private skipLf = false;
  private first = true;

  constructor(onEvent: (data: string, event: string) => void) {
    this.onEvent = onEvent;
  }

  push(chunk: Buffer): void {
    const bytes = this.rest.length === 0 ? chunk : Buffer.concat([this.rest, chunk]);
    let start = 0;
    let at = this.rest.length;
    if (this.skipLf && bytes.length > 0) {
      this.skipLf = false;
      if (bytes[0] === LF) {
        start = 1;
        at = 1;
      }
    }
    for (; at < bytes.length; at++) {
      const byte = bytes[at];
      if (byte !== LF && byte !== CR) continue;
      this.line(bytes, start, at);
      if (byte === CR) {
        if (at + 1 === bytes.length) this.skipLf = true;
        else if (bytes[at + 1] === LF) at++;
      }
      start = at + 1;
    }
    this.rest = start === bytes.length ? EMPTY : bytes.subarray(start);
    if (this.rest.length > MAX_EVENT_BYTES) throw new SseOverflow("a line of the stream is larger than 1 MB");
  }

  private line(bytes: Buffer, from: number, end: number): void {
    let start = from;
    if (this.first) {
      this.first = false;
      if (bytes[start] === 0xef && bytes[start + 1] === 0xbb && bytes[start + 2] === 0xbf) start += 3;
    }
    if (start >= end) {
      const { data, event } = this;
      this.data = null;
      this.event = "";
      if (data !== null) this.onEvent(data, event);
      return;
    }
    if (bytes[start] === COLON) return;
    if (startsWithField(bytes, start, end, "data")) {
      const text = fieldValue(bytes, start + 4, end);
      this.data = this.data === null ? text : `${this.data}\n${text}`;
      if (this.data.length > MAX_EVENT_BYTES)
        throw new SseOverflow("an event of the stream is larger than 1 MB");
    } else if (startsWithField(bytes, start, end, "event")) {
      this.event = fieldValue(bytes, start + 5, end);
    }
  }
}

/** Whether a line is `name` alone or `name:...`. */
function startsWithField(bytes: Buffer, start: number, end: number, name: string): boolean {
  const after = start + name.length;
  if (after > end || (after < end && bytes[after] !== COLON)) return false;
  for (let i = 0; i < name.length; i++) if (bytes[start + i] !== name.charCodeAt(i)) return false;
  return true;
}

function fieldValue(bytes: Buffer, colon: number, end: number): string {
  if (colon >= end) return "";
  const start = bytes[colon + 1] === SPACE && colon + 1 < end ? colon + 2 : colon + 1;
  return bytes.toString("utf8", start, end);
}
