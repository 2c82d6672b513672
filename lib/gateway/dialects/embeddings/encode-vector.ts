/** A vector as the callers want it: numbers, or the base64 of its 32-bit floats, lowest byte first, as OpenAI has it. */
export function encodeVector(vector: unknown, encoding: "float" | "base64"): unknown {
  if (encoding === "base64") return Array.isArray(vector) ? toBase64(vector as unknown[]) : vector;
  return typeof vector === "string" ? toNumbers(vector) : vector;
}

function toBase64(vector: readonly unknown[]): string {
  const bytes = Buffer.alloc(4 * vector.length);
  for (const [at, value] of vector.entries())
    bytes.writeFloatLE(typeof value === "number" ? value : 0, 4 * at);
  return bytes.toString("base64");
}

function toNumbers(base64: string): number[] {
  const bytes = Buffer.from(base64, "base64");
  return Array.from({ length: bytes.length >> 2 }, (_, at) => bytes.readFloatLE(4 * at));
}
