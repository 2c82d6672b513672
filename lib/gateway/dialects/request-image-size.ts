import type { ApiRequest, RequestImage } from "@/lib/gateway/dialects/api-request";
import { headOfText } from "@/lib/gateway/dialects/chat/scan-body";
import { type ImageSize, readImageSize } from "@/lib/gateway/dialects/image-size";

/** How much base64 is decoded to find a size: what nearly every image needs, and what a JPEG's metadata may take. */
const HEADS = [1_024, 131_072, 1_048_576] as const;

const known = new WeakMap<RequestImage, ImageSize | null>();

/** The size of an image that came with its call; null where it must be fetched, or does not tell its size. */
export function requestImageSize(
  image: RequestImage,
  request: Pick<ApiRequest, "bytes" | "scan">,
): ImageSize | null {
  let size = known.get(image);
  if (size === undefined) {
    size = findSize(image.data ?? "", request);
    known.set(image, size);
  }
  return size;
}

function findSize(data: string, { bytes, scan }: Pick<ApiRequest, "bytes" | "scan">): ImageSize | null {
  if (/^https?:/i.test(data)) return null;
  const from = data.startsWith("data:") ? data.indexOf(",") + 1 : 0;
  for (const most of HEADS) {
    const head = headOfText(data, from + most, bytes, scan);
    const { size, more } = readImageSize(Buffer.from(head.slice(from), "base64"));
    if (!more || head.length < from + most) return size;
  }
  return null;
}
