import { maskShown } from "@/lib/doctor/key-shape";

const SECRET = /(?:sk-ant-|sk-proj-|sk-or-|[sm]k-tg-|sk-|AIza|gsk_|xai-|hf_|pplx-)[A-Za-z0-9_-]{16,}/g;

/** A text as it may be seen on a screen: every secret in it shortened. What is copied stays whole. */
export function hideKeys(text: string): string {
  return text.replace(SECRET, (secret) => maskShown(secret));
}
