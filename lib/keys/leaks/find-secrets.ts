import { parseKey } from "@/lib/keys/token";

/** Two keys that touch, or one in the middle of other letters, are still keys to whoever finds them. */
const SHAPE = /(?=((?:sk|mk)-tg-[0-9A-Za-z]{49}))/g;
const AT_MOST = 20;

/** The well-formed keys in a text, in whatever format it is, each once; at most twenty. */
export function findSecrets(text: string): string[] {
  const found = new Set<string>();
  for (const [, candidate = ""] of text.matchAll(SHAPE)) {
    if (parseKey(candidate) !== null) found.add(candidate);
    if (found.size === AT_MOST) break;
  }
  return [...found];
}
