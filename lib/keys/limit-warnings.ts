import { listPublicModels } from "@/lib/catalog/list-public-models";
import { isEveryone } from "@/lib/keys/ip-range";
import { hasStar, matchesModel } from "@/lib/keys/model-patterns";
import type { KeyLimits } from "@/lib/keys/types";

/** A limit that is allowed and may not do what was meant. `kind` is a key of the catalogue's `api.warnings`. */
export type LimitWarning =
  | { kind: "everyone"; field: "ipRanges"; value: string }
  | { kind: "noModel"; field: "models"; value: string };

/** What to tell whoever has just set these limits: a range that lets everyone in, a pattern that fits no model now. */
export async function limitWarnings(limits: Pick<KeyLimits, "models" | "ipRanges">): Promise<LimitWarning[]> {
  const warnings: LimitWarning[] = limits.ipRanges
    .filter(isEveryone)
    .map((value) => ({ kind: "everyone", field: "ipRanges", value }));
  const patterns = limits.models.filter(hasStar);
  if (patterns.length === 0) return warnings;
  const models = await listPublicModels();
  for (const value of patterns) {
    if (models.some(({ id }) => matchesModel(value, id))) continue;
    warnings.push({ kind: "noModel", field: "models", value });
  }
  return warnings;
}
