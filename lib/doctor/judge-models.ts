import { nearestIds } from "@/lib/catalog/nearest-ids";
import { CLIENT_RULES } from "@/lib/doctor/client-rules";
import type { DoctorWorld, Fault, FaultCause, Found, Reading } from "@/lib/doctor/types";

const PLACEHOLDER =
  /^[<{[(]|^your[\s_-]|^paste[\s_-]|^model[\s_-]?(?:id|name)?$|^replace|^xxx|^AUTODETECT$|^\.\.\.$/i;
/** opencode and Kilo write `provider/id`, whatever the provider is called in the file. */
const PREFIXED = new Set(["opencode", "kilo-code"]);

/** Names what is wrong with each model id: a placeholder, a missing prefix, or an id that does not exist here. */
export function judgeModels(reading: Reading, world: DoctorWorld, client: string | null): Fault[] {
  return reading.models.flatMap((found) => judgeModel(found, world, client));
}

function judgeModel(found: Found, world: DoctorWorld, client: string | null): Fault[] {
  const given = found.value.trim();
  const name = client ? (CLIENT_RULES[client]?.name ?? "") : "";
  const fault = (cause: FaultCause, fixed: string | null, values: Record<string, string> = {}): Fault => ({
    cause,
    level: "fault",
    where: found.name,
    found: given,
    fixed,
    values: { model: given, client: name, ...values },
    edits: fixed === null ? [] : [{ start: found.start, end: found.end, text: fixed }],
  });
  if (/^\$\{?\w|^process\.env|^\{env:/.test(given)) return [];
  const ids = world.modelIds;
  if (PLACEHOLDER.test(given)) return [fault("model_placeholder", ids?.[0] ?? null)];
  if (!ids) return [];
  if (client === "aider") {
    const bare = given.replace(/^openai\//, "");
    if (given.startsWith("openai/") && ids.includes(bare)) return [];
    if (ids.includes(given)) return [fault("model_prefix", `openai/${given}`)];
  }
  const known = (id: string) => ids.includes(id);
  if (known(given) || known(given.replace(/@OpenAI$/i, "")) || known(given.replace(/-thinking$/, "")))
    return [];
  const [, prefix = "", rest = ""] = /^([^/]+\/)(.+)$/.exec(given) ?? [];
  const ownPrefix = client !== null && PREFIXED.has(client);
  if (ownPrefix && known(rest)) return [];
  // A list of several, as VISION_MODELS and the like take.
  if (given.includes(",") && given.split(",").every((id) => known(id.trim()))) return [];
  const near = nearestIds(ownPrefix && rest ? rest : given, ids);
  const best = near[0] ? (ownPrefix ? prefix : "") + near[0] : null;
  return [fault("model_unknown", best, { near: near.join(", ") })];
}
