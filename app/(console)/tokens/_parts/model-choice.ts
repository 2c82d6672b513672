import { hasStar, isModelPattern, matchesModel, normalPattern } from "@/lib/keys/model-patterns";

/** The pattern in what someone types; null while it is none. */
export function typedPattern(text: string): string | null {
  const pattern = normalPattern(text);
  return hasStar(pattern) && isModelPattern(pattern) ? pattern : null;
}

/** The models that what someone types stands for: those that a pattern fits, or whose id holds the text. */
export function foundModels(text: string, modelIds: readonly string[]): string[] {
  const pattern = typedPattern(text);
  if (pattern !== null) return modelIds.filter((id) => matchesModel(pattern, id));
  const wanted = text.trim().toLowerCase();
  return modelIds.filter((id) => id.toLowerCase().includes(wanted));
}

/** The first pattern among the entries that fits a model, other than the model itself. */
export function coveringPattern(entries: readonly string[], id: string): string | null {
  return entries.find((entry) => hasStar(entry) && matchesModel(entry, id)) ?? null;
}

/** Patterns worth offering: one for each maker with several models here, `openai/*`, most models first. */
export function makerPatterns(modelIds: readonly string[], most: number): string[] {
  const makers = new Map<string, number>();
  for (const id of modelIds) {
    const slash = id.indexOf("/");
    if (slash < 1) continue;
    const maker = id.slice(0, slash);
    makers.set(maker, (makers.get(maker) ?? 0) + 1);
  }
  return [...makers]
    .filter(([, count]) => count > 1)
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .slice(0, most)
    .map(([maker]) => `${maker}/*`);
}
