import { scanBody, spliceFields } from "@/lib/gateway/dialects/chat/scan-body";

/** A body with the model that its path names, where it names none itself: so does Azure's API. */
export function nameModel(bytes: Buffer, model: string): Buffer {
  const scan = scanBody(bytes);
  if (scan.insertAt === 0 || scan.fields.has("model")) return bytes;
  return spliceFields(bytes, scan, new Map([["model", JSON.stringify(model)]]));
}
