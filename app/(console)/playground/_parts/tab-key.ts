import { makeTabKeyAction } from "../actions";

/** A key that ends sooner than this is not begun with: an answer may take a while. */
const SPARE_MS = 60_000;

let held: { secret: string; endsAtMs: number } | null = null;

/** This tab's key, made anew when it is about to end. Module memory only. Throws an Error with words for people. */
export async function tabKey(): Promise<string> {
  if (held && held.endsAtMs - Date.now() > SPARE_MS) return held.secret;
  const made = await makeTabKeyAction(null, {});
  if (!made.ok) throw new Error(made.message);
  held = made.data;
  return held.secret;
}

/** After the gateway refused it, for example because the session ended elsewhere. */
export function forgetTabKey(): void {
  held = null;
}
