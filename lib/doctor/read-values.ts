import type { Found, Reading } from "@/lib/doctor/types";

/** A reading of values that were given one by one, as the command line takes them. */
export function readValues(given: { url: string; key: string; model?: string | undefined }): Reading {
  const entries = Object.entries(given).filter((entry): entry is [string, string] => Boolean(entry[1]));
  let text = "";
  const pairs = entries.map(([name, value]): Found => {
    const start = text.length;
    text += `${value}\n`;
    return {
      name: `--${name}`,
      nameStart: start,
      value,
      start,
      end: start + value.length,
      quote: "",
      quoteKept: false,
    };
  });
  const named = (name: string) => pairs.filter((pair) => pair.name === name);
  return {
    text,
    format: "other",
    pairs,
    urls: named("--url"),
    keys: named("--key"),
    models: named("--model"),
    lists: [],
    client: null,
    container: false,
    hosted: false,
    broken: null,
  };
}
