import { nearestIds } from "@/lib/catalog/nearest-ids";
import type { DoctorWorld, Fault, FaultCause, Found } from "@/lib/doctor/types";

/** LobeChat's parser, `src/utils/server/parseModels.ts`. */
const ABILITIES = new Set([
  "reasoning",
  "vision",
  "fc",
  "file",
  "imageOutput",
  "search",
  "video",
  "structuredOutput",
]);

interface Entry {
  /** What stands before the id: `+`, `-` or nothing. */
  sign: string;
  id: string;
  /** Everything behind the id. */
  rest: string;
}

/**
 * Names what is wrong with a model list: `OPENAI_MODEL_LIST` of LobeChat (`-all,+id=Name<128000:vision:fc>`) or
 * `CUSTOM_MODELS` of NextChat (`-all,+id=Name`, without abilities).
 */
export function judgeList(found: Found, world: DoctorWorld): Fault[] {
  const isLobe = found.name !== "CUSTOM_MODELS";
  const faults: { cause: FaultCause; values?: Record<string, string> }[] = [];
  const text = found.value.trim();
  if (/;|\||\n|\s\+|\s-all|,,/.test(text)) faults.push({ cause: "list_separator" });
  const parts = text
    .split(/[,，;|\n]|\s+(?=\+)/)
    .map((part) => part.trim())
    .filter(Boolean);
  const entries = parts.map(readEntry);
  const fixed = entries.map((entry) => fixEntry(entry, isLobe, world, faults));
  const adds = fixed.filter((part) => !part.startsWith("-"));
  if (adds.length === 0) faults.push({ cause: "list_empty" });
  const right = adds.length === 0 ? null : fixed.join(",");
  const edits = right === null ? [] : [{ start: found.start, end: found.end, text: right }];
  return faults.map(({ cause, values = {} }) => ({
    cause,
    level: "fault",
    where: found.name,
    found: text,
    fixed: right,
    values: { list: isLobe ? "LobeChat" : "NextChat", ...values },
    edits,
  }));
}

function readEntry(part: string): Entry {
  const [, sign = "", id = "", rest = ""] = /^([+-]?)([^=<]*)(.*)$/s.exec(part) ?? [];
  return { sign, id: id.replace(/["'\s]/g, ""), rest };
}

function fixEntry(
  { sign, id, rest }: Entry,
  isLobe: boolean,
  world: DoctorWorld,
  faults: { cause: FaultCause; values?: Record<string, string> }[],
): string {
  if (sign === "-") return `-${id}`;
  let tail = rest;
  const [, name = "", angle = ""] = /^([^<]*)(<.*)?$/s.exec(rest) ?? [];
  if (angle && !isLobe) {
    faults.push({ cause: "list_foreign" });
    tail = name;
  } else if (angle && !angle.endsWith(">")) {
    faults.push({ cause: "list_angle", values: { model: id } });
    tail = `${name}${angle}>`;
  }
  if (isLobe) tail = tail.replace(/<(.*)>$/s, (_, inside: string) => `<${fixAbilities(inside, faults)}>`);
  return `+${fixId(id, world, faults)}${tail}`;
}

function fixAbilities(
  inside: string,
  faults: { cause: FaultCause; values?: Record<string, string> }[],
): string {
  const [first = "", ...abilities] = inside.split(":");
  const unknown = abilities.find((ability) => !ABILITIES.has(ability));
  const size = /^\d*$/.test(first)
    ? first
    : String(Math.round(Number(first.replace(/k$/i, "")) * 1_000) || "");
  if (unknown !== undefined || size !== first) {
    faults.push({ cause: "list_ability", values: { ability: unknown ?? first } });
  }
  const spoken: Record<string, string> = {
    tools: "fc",
    functionCall: "fc",
    function: "fc",
    image: "vision",
    think: "reasoning",
  };
  const kept = abilities
    .map((ability) => spoken[ability] ?? ability)
    .filter((ability) => ABILITIES.has(ability));
  return [size, ...kept].join(":");
}

function fixId(
  given: string,
  { modelIds }: DoctorWorld,
  faults: { cause: FaultCause; values?: Record<string, string> }[],
): string {
  const [bare = "", ...behind] = given.split(/(?=->|@)/);
  if (!modelIds || modelIds.includes(bare) || modelIds.includes(given)) return given;
  const near = nearestIds(bare, modelIds);
  faults.push({ cause: "model_unknown", values: { model: bare, near: near.join(", ") } });
  return (near[0] ?? bare) + behind.join("");
}
