import { randomBase62 } from "@/lib/ids";

/**
 * A look at the bytes of a JSON object before and instead of parsing it in full: where each top-level value
 * lies, so that single fields can be replaced and everything else passes on byte for byte; which key comes twice;
 * and where long data lies, so that megabytes of base64 are never decoded into a second and third copy.
 * The bytes may be broken JSON: what is found then means nothing, and parsing the skeleton says so.
 */
export interface BodyScan {
  /** Byte range of each top-level value by its key, without white space around it, and where its key begins. */
  fields: Map<string, { keyStart: number; start: number; end: number }>;
  /** The first top-level key that comes twice. */
  duplicate: string | null;
  /** Just after the opening brace. */
  insertAt: number;
  /** How many objects and lists lie inside one another at most. */
  deepest: number;
  /** The long data, as URLs or bare base64: what of each may be left out, after the first few characters. */
  blobs: { start: number; end: number }[];
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const LETTER_U = 0x75;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const COMMA = 0x2c;
const SPACE = 0x20;
const BLOB_BYTES = 16_384;
const BLOB_HEAD_BYTES = 64;
const BASE64_SAMPLE_BYTES = 256;
const DATA = Buffer.from("data:");

/** Whether a long text is data: a data URL, or nothing but the letters of base64 from its beginning. */
function isData(bytes: Buffer, start: number): boolean {
  if (bytes.compare(DATA, 0, DATA.length, start, start + DATA.length) === 0) return true;
  for (let at = start; at < start + BASE64_SAMPLE_BYTES; at++) {
    const byte = bytes[at] ?? 0;
    const letter = (byte >= 0x61 && byte <= 0x7a) || (byte >= 0x41 && byte <= 0x5a);
    if (!letter && !(byte >= 0x2f && byte <= 0x39) && byte !== 0x2b) return false;
  }
  return true;
}

/** How much of long data stays: its type and the first letters, and no part of an escape (PHP escapes slashes). */
function endOfHead(bytes: Buffer, start: number): number {
  const most = start + BLOB_HEAD_BYTES;
  let at = start;
  while (at < most) {
    const length = bytes[at] !== BACKSLASH ? 1 : bytes[at + 1] === LETTER_U ? 6 : 2;
    if (at + length > most) break;
    at += length;
  }
  return at;
}

/** The index of the quote that ends the string which begins at `open`, or the length when none does. */
function endOfString(bytes: Buffer, open: number): number {
  let at = open + 1;
  for (;;) {
    at = bytes.indexOf(QUOTE, at);
    if (at < 0) return bytes.length;
    let before = at - 1;
    while (bytes[before] === BACKSLASH) before--;
    if ((at - before) % 2 === 1) return at;
    at++;
  }
}

function decodeKey(bytes: Buffer, start: number, end: number): string {
  const raw = bytes.toString("utf8", start, end);
  if (!raw.includes("\\")) return raw;
  try {
    return JSON.parse(`"${raw}"`) as string;
  } catch {
    return raw;
  }
}

export function scanBody(bytes: Buffer): BodyScan {
  const scan: BodyScan = { fields: new Map(), duplicate: null, insertAt: 0, deepest: 0, blobs: [] };
  let at = 0;
  while (at < bytes.length && (bytes[at] ?? 0) <= SPACE) at++;
  if (bytes[at] !== OPEN_BRACE) return scan;
  at++;
  scan.insertAt = at;

  let depth = 1;
  let key: string | null = null;
  let keyStart = 0;
  let valueStart = -1;
  let lastSolid = at;
  const closeValue = () => {
    if (key !== null && valueStart >= 0) {
      if (scan.fields.has(key)) scan.duplicate ??= key;
      scan.fields.set(key, { keyStart, start: valueStart, end: lastSolid });
    }
    key = null;
    valueStart = -1;
  };

  for (; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    if (byte <= SPACE) continue;
    if (byte === QUOTE) {
      const end = endOfString(bytes, at);
      if (end - at > BLOB_BYTES && isData(bytes, at + 1)) {
        scan.blobs.push({ start: endOfHead(bytes, at + 1), end });
      }
      if (depth === 1) {
        if (key === null) {
          key = decodeKey(bytes, at + 1, end);
          keyStart = at;
        } else if (valueStart < 0) valueStart = at;
      }
      at = end;
    } else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) {
      if (depth === 1 && valueStart < 0) valueStart = at;
      depth++;
      if (depth > scan.deepest) scan.deepest = depth;
    } else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) {
      depth--;
      if (depth === 0) {
        closeValue();
        break;
      }
    } else if (depth === 1) {
      if (byte === COMMA) {
        closeValue();
        continue;
      }
      if (byte !== 0x3a && valueStart < 0) valueStart = at;
    }
    lastSolid = at + 1;
  }
  return scan;
}

/** Marks what was cut. Random, so that no caller can write it. */
const CUT = `;cut-${randomBase62(12)}-`;

/** The JSON text with each long data URL cut to a short one; `findBlob` tells which it was. */
export function skeletonText(bytes: Buffer, scan: BodyScan): string {
  if (scan.blobs.length === 0) return bytes.toString("utf8");
  let text = "";
  let from = 0;
  for (const [index, blob] of scan.blobs.entries()) {
    text += `${bytes.toString("utf8", from, blob.start)}${CUT}${index}`;
    from = blob.end;
  }
  return text + bytes.toString("utf8", from);
}

/** What was cut out of a text of the parsed skeleton, and where; null of one that is whole. */
function findCut(scan: BodyScan, text: string): { at: number; start: number; end: number } | null {
  const at = scan.blobs.length === 0 ? -1 : text.lastIndexOf(CUT);
  const blob = at < 0 ? undefined : scan.blobs[Number(text.slice(at + CUT.length))];
  return blob ? { at, ...blob } : null;
}

/** How many bytes were cut out of a text of the parsed skeleton; 0 of one that is whole. */
export function cutBytes(scan: BodyScan, text: string): number {
  const cut = findCut(scan, text);
  return cut ? cut.end - cut.start : 0;
}

/** The first `most` characters of a text of the parsed skeleton, with what was cut out of it, escapes as they came. */
export function headOfText(text: string, most: number, bytes: Buffer, scan: BodyScan): string {
  const cut = findCut(scan, text);
  if (!cut) return text.slice(0, most);
  const more = bytes.toString("latin1", cut.start, Math.min(cut.end, cut.start + most));
  return (text.slice(0, cut.at) + more).slice(0, most);
}

/** JSON text made from parts of a parsed skeleton, with the long data put back byte for byte. */
export function restoreBlobs(text: string, bytes: Buffer, scan: BodyScan): Buffer {
  if (scan.blobs.length === 0) return Buffer.from(text);
  const parts: Buffer[] = [];
  let from = 0;
  for (let at = text.indexOf(CUT); at >= 0; at = text.indexOf(CUT, from)) {
    parts.push(Buffer.from(text.slice(from, at)));
    const digits = /^\d+/.exec(text.slice(at + CUT.length, at + CUT.length + 12))?.[0] ?? "";
    const blob = scan.blobs[Number(digits)];
    if (blob && digits) parts.push(bytes.subarray(blob.start, blob.end));
    from = at + CUT.length + digits.length;
  }
  parts.push(Buffer.from(text.slice(from)));
  return Buffer.concat(parts);
}

/**
 * The same object with some top-level fields set to new JSON texts, or left out (null); every other byte stays as
 * it was.
 */
export function spliceFields(
  bytes: Buffer,
  scan: BodyScan,
  changes: ReadonlyMap<string, string | null>,
): Buffer {
  const edits: { start: number; end: number; text: string }[] = [];
  let inserted = "";
  for (const [name, json] of changes) {
    const field = scan.fields.get(name);
    if (json === null) {
      if (!field) continue;
      // One at a time, because neighbours share a comma.
      const rest = Buffer.concat(around(bytes, field, scan));
      return spliceFields(rest, scanBody(rest), new Map([...changes].filter(([other]) => other !== name)));
    }
    if (field) edits.push({ start: field.start, end: field.end, text: json });
    else inserted += `${JSON.stringify(name)}:${json},`;
  }
  if (inserted) edits.push({ start: scan.insertAt, end: scan.insertAt, text: inserted });
  if (edits.length === 0) return bytes;
  edits.sort((a, b) => a.start - b.start);
  const parts: Buffer[] = [];
  let from = 0;
  for (const edit of edits) {
    parts.push(bytes.subarray(from, edit.start), Buffer.from(edit.text));
    from = edit.end;
  }
  parts.push(bytes.subarray(from));
  return Buffer.concat(parts);
}

/** What stays around a field that is left out with the comma after it, or, of the last one, the comma before it. */
function around(bytes: Buffer, field: { keyStart: number; end: number }, scan: BodyScan): [Buffer, Buffer] {
  let end = field.end;
  while (end < bytes.length && (bytes[end] ?? 0) <= SPACE) end++;
  if (bytes[end] === COMMA) return [bytes.subarray(0, field.keyStart), bytes.subarray(end + 1)];
  let start = field.keyStart;
  while (start > scan.insertAt && (bytes[start - 1] ?? 0) <= SPACE) start--;
  if (bytes[start - 1] === COMMA) start--;
  return [bytes.subarray(0, start), bytes.subarray(field.end)];
}
