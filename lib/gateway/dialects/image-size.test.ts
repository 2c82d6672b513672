import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readImageSize } from "./image-size";

const be16 = (value: number) => [value >> 8, value & 255];
const le16 = (value: number) => [value & 255, value >> 8];
const bytes = (...parts: (string | number[])[]) =>
  Buffer.concat(
    parts.map((part) => (typeof part === "string" ? Buffer.from(part, "latin1") : Buffer.from(part))),
  );
const png = (width: number, height: number) => {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  return Buffer.concat([bytes("\x89PNG\r\n\x1a\n", [0, 0, 0, 13], "IHDR"), head, bytes([8, 6, 0, 0, 0])]);
};
const segment = (marker: number, length: number) =>
  bytes([0xff, marker], be16(length + 2), Array(length).fill(0xc0));
const frame = (marker: number, width: number, height: number) =>
  bytes([0xff, marker], be16(17), [8], be16(height), be16(width), [3]);
const START = bytes([0xff, 0xd8]);

describe("the size of an image", () => {
  it.each([
    ["PNG", png(1_920, 1_080), { width: 1_920, height: 1_080 }],
    ["GIF", bytes("GIF89a", le16(640), le16(480)), { width: 640, height: 480 }],
    [
      "WebP, lossy",
      bytes("RIFF", [0, 0, 0, 0], "WEBPVP8 ", Array(10).fill(0), le16(0x4000 | 800), le16(600)),
      { width: 800, height: 600 },
    ],
    [
      "WebP, lossless",
      bytes("RIFF", [0, 0, 0, 0], "WEBPVP8L", [0, 0, 0, 0, 0x2f], [0x8f, 0xc1, 0xf9, 0x00], Array(8).fill(0)),
      { width: 400, height: 1_000 },
    ],
    [
      "WebP, extended",
      bytes("RIFF", [0, 0, 0, 0], "WEBPVP8X", Array(8).fill(0), [0xff, 0x0f, 0], [0xff, 0x07, 0]),
      { width: 4_096, height: 2_048 },
    ],
    [
      "JPEG",
      Buffer.concat([START, segment(0xe0, 14), frame(0xc0, 3_000, 2_000)]),
      { width: 3_000, height: 2_000 },
    ],
    [
      "JPEG, progressive, behind tables, fillers and metadata that look like frames",
      Buffer.concat([
        START,
        segment(0xe1, 60_000),
        segment(0xdb, 130),
        segment(0xc4, 20),
        bytes([0xff, 0xff]),
        frame(0xc2, 50, 70),
      ]),
      { width: 50, height: 70 },
    ],
  ])("%s", (_, image, size) => {
    expect(readImageSize(image)).toEqual({ size, more: false });
  });

  it.each([
    ["nothing", Buffer.alloc(0)],
    ["text", Buffer.from("<svg width='10' height='10'>")],
    ["a size of nothing", png(0, 10)],
    ["a cut PNG", png(1, 1).subarray(0, 20)],
    ["a JPEG without a frame", Buffer.concat([START, segment(0xda, 10)])],
    ["a JPEG that is none", bytes([0xff, 0xd8], "hello, world")],
  ])("is not known of %s", (_, image) => {
    expect(readImageSize(image)).toEqual({ size: null, more: false });
  });

  it("may be found in more of a JPEG", () => {
    const image = Buffer.concat([START, segment(0xe1, 5_000), frame(0xc0, 3, 4), Buffer.alloc(9)]);
    expect(readImageSize(image.subarray(0, 1_024))).toEqual({ size: null, more: true });
    expect(readImageSize(image)).toEqual({ size: { width: 3, height: 4 }, more: false });
  });

  it("never fails, whatever comes", () => {
    const starts = ["\x89PNG\r\n\x1a\n", "GIF8", "RIFF0000WEBPVP8 ", "RIFF0000WEBPVP8X", "\xff\xd8\xff", ""];
    fc.assert(
      fc.property(fc.constantFrom(...starts), fc.uint8Array({ maxLength: 200 }), (start, rest) => {
        const { size } = readImageSize(bytes(start, [...rest]));
        if (size) expect(Math.min(size.width, size.height)).toBeGreaterThan(0);
      }),
    );
  });
});
