import type { Transform } from "node:stream";
import * as zlib from "node:zlib";

type Expander = () => Transform;

/** Zstandard came to Node with 22.15; the project runs from 20.19 on, whose types and module lack it. */
const { createZstdDecompress } = zlib as { createZstdDecompress?: Expander };

const EXPANDERS: Readonly<Record<string, Expander | undefined>> = {
  gzip: () => zlib.createGunzip(),
  "x-gzip": () => zlib.createGunzip(),
  deflate: () => zlib.createInflate(),
  br: () => zlib.createBrotliDecompress(),
  ...(createZstdDecompress ? { zstd: () => createZstdDecompress() } : {}),
};

/** The encodings that are undone here, for people. */
export const EXPANDED = Object.keys(EXPANDERS).filter((name) => name !== "x-gzip");

/** What undoes a Content-Encoding; null for one that is not known here. */
export function createExpander(encoding: string): Transform | null {
  const name = encoding.toLowerCase();
  return Object.hasOwn(EXPANDERS, name) ? (EXPANDERS[name]?.() ?? null) : null;
}
