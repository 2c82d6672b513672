/** Width and height in pixels. */
export interface ImageSize {
  width: number;
  height: number;
}

/**
 * The size of a PNG, GIF, WebP or JPEG from the beginning of its bytes; null where it does not say so there, or is
 * something else. A JPEG says it after its metadata, which may be long: `more` then tells that a longer beginning
 * may help. Sources: PNG (W3C) 11.2.2, GIF89a 18, RFC 9649 (WebP), ITU-T T.81 (JPEG) B.2.2.
 */
export function readImageSize(bytes: Buffer): { size: ImageSize | null; more: boolean } {
  if (startsWith(bytes, 0, "\x89PNG\r\n\x1a\n")) {
    return found(
      bytes.length < 24 ? null : { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) },
    );
  }
  if (startsWith(bytes, 0, "GIF8")) {
    return found(bytes.length < 10 ? null : { width: bytes.readUInt16LE(6), height: bytes.readUInt16LE(8) });
  }
  if (startsWith(bytes, 0, "RIFF") && startsWith(bytes, 8, "WEBP")) return found(sizeOfWebp(bytes));
  if (startsWith(bytes, 0, "\xff\xd8")) return sizeOfJpeg(bytes);
  return found(null);
}

function startsWith(bytes: Buffer, at: number, text: string): boolean {
  return bytes.toString("latin1", at, at + text.length) === text;
}

function found(size: ImageSize | null): { size: ImageSize | null; more: boolean } {
  return { size: size && size.width > 0 && size.height > 0 ? size : null, more: false };
}

function sizeOfWebp(bytes: Buffer): ImageSize | null {
  if (bytes.length < 30) return null;
  switch (bytes.toString("latin1", 12, 16)) {
    case "VP8 ":
      return { width: bytes.readUInt16LE(26) & 0x3fff, height: bytes.readUInt16LE(28) & 0x3fff };
    case "VP8L": {
      const bits = bytes.readUInt32LE(21);
      return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
    }
    case "VP8X":
      return { width: bytes.readUIntLE(24, 3) + 1, height: bytes.readUIntLE(27, 3) + 1 };
    default:
      return null;
  }
}

const START_OF_SCAN = 0xda;
/** Start of frame, but for the three numbers among them that mean something else. */
const isFrame = (marker: number) => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
/** Markers without a length. */
const isBare = (marker: number) => marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8);

function sizeOfJpeg(bytes: Buffer): { size: ImageSize | null; more: boolean } {
  let at = 2;
  while (at + 9 <= bytes.length) {
    if (bytes[at] !== 0xff) return found(null);
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xff) {
      at++;
    } else if (isBare(marker)) {
      at += 2;
    } else if (isFrame(marker)) {
      return found({ width: bytes.readUInt16BE(at + 7), height: bytes.readUInt16BE(at + 5) });
    } else if (marker === START_OF_SCAN) {
      return found(null);
    } else {
      at += 2 + Math.max(2, bytes.readUInt16BE(at + 2));
    }
  }
  return { size: null, more: true };
}
