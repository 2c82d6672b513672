/**
 * Which models a key may use: exact ids and patterns in which `*` stands for any characters, slashes included, or
 * none. Pure, so that pages may use it too. Matching takes time linear in the id for each pattern.
 */

/** What a model's id may hold (lib/catalog/model-input.ts), and the star. */
const PATTERN = /^[A-Za-z0-9.:/@+\-_*]{1,200}$/;

/** Whether a text can be an entry of an allow-list at all: nothing that no model id could ever match. */
export function isModelPattern(text: string): boolean {
  return PATTERN.test(text);
}

/** Whether an entry means more than one model. */
export function hasStar(entry: string): boolean {
  return entry.includes("*");
}

/** One spelling: `**` means what `*` means. */
export function normalPattern(text: string): string {
  return text.trim().replace(/\*{2,}/g, "*");
}

/** Whether an id fits one entry, an id or a pattern, to the letter. */
export function matchesModel(entry: string, id: string): boolean {
  const [first = "", ...rest] = entry.split("*");
  const last = rest.pop();
  if (last === undefined) return entry === id;
  if (!id.startsWith(first) || !id.endsWith(last) || id.length < first.length + last.length) return false;
  let at = first.length;
  const end = id.length - last.length;
  for (const part of rest) {
    const found = id.indexOf(part, at);
    if (found < 0 || found + part.length > end) return false;
    at = found + part.length;
  }
  return true;
}

/** Whether a list allows an id; an empty one allows all. For a key in use, see ModelAllowList. */
export function allowsModel(entries: readonly string[], id: string): boolean {
  return entries.length === 0 || entries.some((entry) => matchesModel(entry, id));
}

/** An allow-list that is asked often: exact ids by one look-up, patterns in turn. Iterates over its entries. */
export class ModelAllowList implements Iterable<string> {
  private readonly ids: ReadonlySet<string>;
  private readonly patterns: readonly string[];

  constructor(private readonly entries: readonly string[]) {
    this.ids = new Set(entries.filter((entry) => !hasStar(entry)));
    this.patterns = entries.filter(hasStar);
  }

  has(id: string): boolean {
    return this.ids.has(id) || this.patterns.some((pattern) => matchesModel(pattern, id));
  }

  [Symbol.iterator](): Iterator<string> {
    return this.entries[Symbol.iterator]();
  }
}
