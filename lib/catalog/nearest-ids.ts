const NEAREST = 3;
const LONGEST = 200;

/** Ids that differ least from what was asked for, by edits; ones that contain it, or are contained, first. */
export function nearestIds(wanted: string, ids: readonly string[]): string[] {
  const text = wanted.slice(0, LONGEST).toLowerCase();
  if (text === "") return [];
  return ids
    .map((id) => {
      const lower = id.toLowerCase();
      const inside = lower.includes(text) || text.includes(lower);
      const edits = editDistance(text, lower);
      return { id, inside, edits };
    })
    .filter(({ inside, edits, id }) => inside || edits <= Math.max(2, id.length / 2))
    .sort((a, b) => Number(b.inside) - Number(a.inside) || a.edits - b.edits)
    .slice(0, NEAREST)
    .map(({ id }) => id);
}

/** Levenshtein's distance. */
function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const replace = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      current.push(Math.min(replace, (previous[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1));
    }
    previous = current;
  }
  return previous[b.length] ?? 0;
}
