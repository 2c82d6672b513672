import type { Doc } from "./list-docs";

/** Pages in which every word of a search occurs, the best first: in the title, then in the sentence, then anywhere. */
export function searchDocs(docs: readonly Doc[], search: string): Doc[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [...docs];
  const scored = docs.map((doc) => ({ doc, score: scoreOf(doc, words) }));
  return scored
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .map(({ doc }) => doc);
}

function scoreOf({ title, text, words }: Doc, wanted: readonly string[]): number {
  const places = [title, text, words].map((place) => place.toLowerCase());
  let score = 0;
  for (const word of wanted) {
    const found = places.findIndex(
      (place) => place.includes(word) || place.replaceAll(" ", "").includes(word),
    );
    if (found < 0) return 0;
    score += [9, 3, 1][found] ?? 0;
  }
  return score;
}
