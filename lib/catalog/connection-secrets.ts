import { openText, sealText } from "@/lib/crypto";

/** Where each secret of a connection is kept; sealed in, so that neither can stand in for the other. */
const place = (column: "key_cipher" | "headers_cipher", id: string) => ({
  table: `connections.${column}`,
  id,
});

export function sealConnectionKey(id: string, key: string): Uint8Array<ArrayBuffer> {
  return sealText("connection-key", place("key_cipher", id), key);
}

export function openConnectionKey(id: string, sealed: Uint8Array): string {
  return openText("connection-key", place("key_cipher", id), sealed);
}

export function sealConnectionHeaders(id: string, headers: Record<string, string>): Uint8Array<ArrayBuffer> {
  return sealText("connection-key", place("headers_cipher", id), JSON.stringify(headers));
}

export function openConnectionHeaders(id: string, sealed: Uint8Array): Record<string, string> {
  return JSON.parse(openText("connection-key", place("headers_cipher", id), sealed)) as Record<
    string,
    string
  >;
}
