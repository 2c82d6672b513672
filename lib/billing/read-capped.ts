/** The raw bytes of a request, or null as soon as they are more than `limitBytes`; the rest is not read. */
export async function readCapped(request: Request, limitBytes: number): Promise<Buffer | null> {
  const announced = request.headers.get("content-length");
  if (announced !== null && Number(announced) > limitBytes) return null;
  if (!request.body) return Buffer.alloc(0);
  const chunks: Uint8Array[] = [];
  let sizeBytes = 0;
  const reader = request.body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return Buffer.concat(chunks);
    sizeBytes += value.byteLength;
    if (sizeBytes > limitBytes) {
      await reader.cancel().catch(() => undefined);
      return null;
    }
    chunks.push(value);
  }
}
