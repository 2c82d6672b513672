import { text } from "node:stream/consumers";
import * as zlib from "node:zlib";
import { expect, it } from "vitest";
import { createExpander, EXPANDED } from "./expand";

const { zstdCompressSync } = zlib as { zstdCompressSync?: (plain: string) => Buffer };
const PACKERS: Record<string, (plain: string) => Buffer> = {
  gzip: zlib.gzipSync,
  deflate: zlib.deflateSync,
  br: zlib.brotliCompressSync,
  ...(zstdCompressSync ? { zstd: zstdCompressSync } : {}),
};

it("undoes every encoding that it names, however it is written", async () => {
  expect(EXPANDED).toEqual(Object.keys(PACKERS));
  for (const [name, pack] of Object.entries(PACKERS)) {
    for (const written of [name, name.toUpperCase()]) {
      const expander = createExpander(written);
      expander?.end(pack('{"model":"ok"}'));
      expect([written, expander && (await text(expander))]).toEqual([written, '{"model":"ok"}']);
    }
  }
});

it("knows no others", () => {
  for (const name of ["", "nope", "gzip, gzip", "__proto__", "constructor", "toString"]) {
    expect([name, createExpander(name)]).toEqual([name, null]);
  }
});
