/** Pieces this large are handed to the browser, which may keep them on disk. */
const PIECE_BYTES = 8_000_000;
const TELL_EVERY_MS = 150;
const LINE_END = 10;

/**
 * Fetches an export and saves it as a file under the name that the server gives it. Tells of its progress in rows.
 * Answers how many there were; rejects when it breaks off or is aborted, and saves nothing then.
 */
export async function saveExport(
  url: string,
  format: "csv" | "jsonl",
  signal: AbortSignal,
  onProgress: (progress: { rows: number; total: number | null }) => void,
): Promise<number> {
  const answer = await fetch(url, { signal, cache: "no-store" });
  if (!answer.ok || !answer.body) throw new Error(`export: ${answer.status}`);
  const known = answer.headers.get("x-total-rows");
  const total = known === null ? null : Number(known);
  const reader = answer.body.getReader();
  let [pieces, bytes, blobs]: [Uint8Array<ArrayBuffer>[], number, Blob[]] = [[], 0, []];
  let lines = 0;
  let toldAt = 0;
  const rows = () => Math.max(0, lines - (format === "csv" ? 1 : 0));
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    // Lines of a quoted cell count too many, which only the bar would notice.
    for (const byte of value) if (byte === LINE_END) lines += 1;
    pieces.push(value);
    bytes += value.byteLength;
    if (bytes > PIECE_BYTES) {
      blobs.push(new Blob(pieces));
      [pieces, bytes] = [[], 0];
    }
    if (Date.now() - toldAt > TELL_EVERY_MS) {
      toldAt = Date.now();
      onProgress({ rows: total === null ? rows() : Math.min(rows(), total), total });
    }
  }
  if (rows() === 0) return 0;
  const name = /filename="([^"]+)"/.exec(answer.headers.get("content-disposition") ?? "")?.[1];
  const object = URL.createObjectURL(new Blob([...blobs, ...pieces], { type: "application/octet-stream" }));
  const link = document.createElement("a");
  link.href = object;
  link.download = name ?? `export.${format}`;
  link.click();
  // Only after the browser has begun to read it.
  setTimeout(() => URL.revokeObjectURL(object), 60_000);
  return total ?? rows();
}
