import { judgeKey } from "@/lib/doctor/judge-key";
import { judgeList } from "@/lib/doctor/judge-lists";
import { judgeModels } from "@/lib/doctor/judge-models";
import { judgeNames } from "@/lib/doctor/judge-names";
import { judgeUrl } from "@/lib/doctor/judge-url";
import type { DoctorWorld, Fault, Reading } from "@/lib/doctor/types";

/** Formats that set up a whole client, so that a missing key is a fault and not only not shown. */
const WHOLE = new Set(["env", "compose", "toml", "curl"]);

/**
 * Names everything that is wrong with a configuration, each with its cause and the right value, in the order of the
 * text. Pure: judges words alone and makes no call. `client` is the slug that the person chose, if any.
 */
export function judgeConfig(reading: Reading, world: DoctorWorld, client = reading.client): Fault[] {
  const faults: Fault[] = [];
  if (reading.broken !== null) {
    const values = { problem: reading.broken };
    faults.push({
      cause: "format_broken",
      level: "fault",
      where: null,
      found: null,
      fixed: null,
      values,
      edits: [],
    });
  }
  faults.push(...judgeNames(reading, client));
  for (const url of reading.urls) faults.push(...judgeUrl(url, reading, world, client));
  for (const key of reading.keys) faults.push(...judgeKey(key, reading, client));
  if (reading.urls.length > 0 && reading.keys.length === 0 && WHOLE.has(reading.format)) {
    if (!/env_key|auth\.command/.test(reading.text)) faults.push(missingKey());
  }
  faults.push(...judgeModels(reading, world, client));
  for (const list of reading.lists) faults.push(...judgeList(list, world));
  return faults.filter((fault, index) => faults.findIndex((one) => isSame(one, fault)) === index);
}

function missingKey(): Fault {
  return {
    cause: "key_missing",
    level: "fault",
    where: null,
    found: null,
    fixed: null,
    values: {},
    edits: [],
  };
}

function isSame(one: Fault, other: Fault): boolean {
  return (
    one.cause === other.cause &&
    one.where === other.where &&
    one.found === other.found &&
    one.values.model === other.values.model
  );
}
