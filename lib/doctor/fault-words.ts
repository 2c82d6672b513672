import type { Fault } from "@/lib/doctor/types";

/** What the sentences of `doctor.faults` are filled with. A missing name is `none`, which they have words for. */
export function faultWords({ values, found, fixed }: Fault): Record<string, string> {
  const words: Record<string, string> = {
    found: found ?? "",
    fixed: fixed ?? "",
    client: "none",
    near: "none",
  };
  for (const [name, value] of Object.entries(values)) if (value !== "") words[name] = value;
  return words;
}
