const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const COMMA = 0x2c;
const SPACE = 0x20;

/**
 * Where each element of a JSON list lies, without white space around it, so that single ones can be replaced or left
 * out and the others pass on byte for byte. `bytes` is the list, known to be JSON.
 */
export function listRanges(bytes: Buffer): { start: number; end: number }[] {
  const ranges: { start: number; end: number }[] = [];
  let depth = 0;
  let start = -1;
  let lastSolid = 0;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    if (byte <= SPACE) continue;
    const closes = byte === CLOSE_BRACE || byte === CLOSE_BRACKET;
    if (depth === 1 && (byte === COMMA || closes)) {
      if (start >= 0) ranges.push({ start, end: lastSolid });
      start = -1;
      if (closes) break;
      continue;
    }
    if (depth === 1 && start < 0) start = at;
    if (byte === QUOTE) at = endOfString(bytes, at);
    else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) depth++;
    else if (closes) depth--;
    lastSolid = at + 1;
  }
  return ranges;
}

function endOfString(bytes: Buffer, open: number): number {
  for (let at = open + 1; at < bytes.length; at++) {
    if (bytes[at] === BACKSLASH) at++;
    else if (bytes[at] === QUOTE) return at;
  }
  return bytes.length;
}
