import { parseEnv } from "node:util";
import { parse as parseYaml } from "yaml";
import type { Ready } from "@/lib/clients/test-read-back";
import { readToml, shellWords } from "@/lib/clients/test-read-back";

type Settings = Record<string, string>;

/** What a block sets, by the names that its client reads, taken from its text in its own format. */
export function blockSettings(block: Ready): Settings {
  switch (block.kind) {
    case "env":
      return parseEnv(block.text) as Settings;
    case "compose":
      return composeSettings(block.text);
    case "json":
      return jsonSettings(block.text);
    case "yaml":
      return (parseYaml(block.text) as { models: Settings[] }).models[0] ?? {};
    case "toml":
      return readToml(block.text);
    case "shell":
      return shellSettings(block.text);
    case "ui-steps":
      return Object.fromEntries(
        (block.steps ?? []).flatMap(({ fields = [] }) => fields.map(({ label, value }) => [label, value])),
      );
    default:
      throw new Error(`nothing here reads ${block.kind}`);
  }
}

function composeSettings(text: string): Settings {
  const { services } = parseYaml(text) as { services: Record<string, { environment: Settings }> };
  const environment = Object.values(services)[0]?.environment ?? {};
  return Object.fromEntries(
    Object.entries(environment).map(([name, value]) => [name, value.replaceAll("$$", "$")]),
  );
}

/** A settings file whose variables stand under `env`, or as a list of names and values. */
function jsonSettings(text: string): Settings {
  const file = JSON.parse(text) as { env?: Settings; "claudeCode.environmentVariables"?: Settings[] };
  const listed = file["claudeCode.environmentVariables"] ?? [];
  return file.env ?? Object.fromEntries(listed.map(({ name = "", value = "" }) => [name, value]));
}

/** The variables that a script exports, and the flags of the commands that it runs. */
function shellSettings(text: string): Settings {
  const names = [...new Set([...text.matchAll(/^export ([A-Z_]+)=/gm)].map(([, name = ""]) => name))];
  const words = shellWords(text);
  const exported = names.map((name, at) => [name, words[words.length - names.length + at] ?? ""]);
  const flags = words.flatMap((word, at) => (/^-\w$/.test(word) ? [[word, words[at + 1] ?? ""]] : []));
  return Object.fromEntries([...flags, ...exported]);
}
