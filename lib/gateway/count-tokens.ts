import { setImmediate as nextTurn } from "node:timers/promises";
import { countTokens } from "gpt-tokenizer/encoding/o200k_base";

/** Byte-pair merging is quadratic in the length of one run, so that no run may be longer than this. */
const SLICE = 512;
/** How much is counted before other requests get their turn. */
const TURN = 65_536;
/** Text that looks like a special token is text. */
const PLAIN = { disallowedSpecial: new Set<string>() };

/**
 * Tokens of a text by OpenAI's o200k vocabulary. Long texts are counted in slices cut at white space where there
 * is any, so that a hostile text costs no more than an ordinary one; each cut may add a token.
 */
export function countText(text: string): number {
  if (text.length <= SLICE) return text.length === 0 ? 0 : countTokens(text, PLAIN);
  let total = 0;
  for (let from = 0; from < text.length; ) {
    const to = sliceEnd(text, from);
    total += countTokens(text.slice(from, to), PLAIN);
    from = to;
  }
  return total;
}

/** Where a slice ends: before the last white space of its second half, and never inside a surrogate pair. */
function sliceEnd(text: string, from: number): number {
  const limit = from + SLICE;
  if (limit >= text.length) return text.length;
  for (let at = limit; at > from + SLICE / 2; at--) {
    const code = text.charCodeAt(at);
    if ((code === 0x20 || code === 0x0a) && text.charCodeAt(at - 1) > 0x20) return at;
  }
  const last = text.charCodeAt(limit - 1);
  return last >= 0xd800 && last <= 0xdbff ? limit - 1 : limit;
}

/** The same over many texts, giving way to other requests in between. */
export async function countTexts(texts: Iterable<string>): Promise<number> {
  let total = 0;
  let sinceTurn = 0;
  for (const text of texts) {
    for (let from = 0; from < text.length; from += TURN) {
      const piece = text.length <= TURN ? text : text.slice(from, from + TURN);
      total += countText(piece);
      sinceTurn += piece.length;
      if (sinceTurn >= TURN) {
        sinceTurn = 0;
        await nextTurn();
      }
    }
  }
  return total;
}
