import { CLIENT_RULES } from "@/lib/doctor/client-rules";
import { keyShape } from "@/lib/doctor/key-shape";
import type { Fault, FaultCause, Found, Reading } from "@/lib/doctor/types";

const RESERVED = new Set(["openai", "ollama", "lmstudio"]);

/** Names settings that a client does not read, no longer takes, or that contradict each other. */
export function judgeNames(reading: Reading, client: string | null): Fault[] {
  return [
    ...ignoredNames(reading, client),
    ...(client === "codex-cli" ? codex(reading) : []),
    ...(client === "claude-code" ? claudeCode(reading) : []),
    ...(client === "open-webui" ? openWebui(reading) : []),
  ];
}

function fault(cause: FaultCause, pair: Found | null, rest: Partial<Fault> = {}): Fault {
  const found = pair ? pair.value : null;
  return {
    cause,
    level: "fault",
    where: pair?.name ?? null,
    found,
    fixed: null,
    values: {},
    edits: [],
    ...rest,
  };
}

function ignoredNames({ pairs }: Reading, client: string | null): Fault[] {
  const rule = client ? CLIENT_RULES[client] : undefined;
  if (!rule?.addressName || !rule.ignores) return [];
  const { addressName, ignores, name } = rule;
  return pairs
    .filter((pair) => pair.name !== null && ignores.includes(pair.name))
    .map((pair) => {
      const renames = /^\w+$/.test(addressName) && pair.name !== null;
      const edit = {
        start: pair.nameStart,
        end: pair.nameStart + (pair.name ?? "").length,
        text: addressName,
      };
      return fault("name_ignored", pair, {
        found: pair.name,
        fixed: addressName,
        values: { client: name, name: pair.name ?? "", wanted: addressName },
        edits: renames ? [edit] : [],
      });
    });
}

function codex({ pairs, text }: Reading): Fault[] {
  const faults: Fault[] = [];
  const named = (name: string) => pairs.filter((pair) => pair.name === name);
  for (const pair of named("wire_api")) {
    if (pair.value !== "chat") continue;
    faults.push(
      fault("wire_api_chat", pair, {
        fixed: "responses",
        edits: [{ start: pair.start, end: pair.end, text: "responses" }],
      }),
    );
  }
  const firstTable = text.search(/^\s*\[/m);
  for (const pair of named("model_provider")) {
    if (RESERVED.has(pair.value))
      faults.push(fault("codex_reserved", pair, { values: { name: pair.value } }));
  }
  for (const pair of [...named("model_provider"), ...named("model")]) {
    if (firstTable >= 0 && pair.nameStart > firstTable) {
      faults.push(fault("codex_root_key", pair, { values: { name: pair.name ?? "" } }));
    }
  }
  for (const pair of named("env_key")) {
    const shape = keyShape(pair.value).kind;
    if (shape === "unknown" || shape === "reference" || shape === "placeholder") continue;
    faults.push(
      fault("codex_env_key", pair, {
        found: null,
        fixed: "TOLLGATE_API_KEY",
        edits: [{ start: pair.start, end: pair.end, text: "TOLLGATE_API_KEY" }],
      }),
    );
  }
  if (/^\s*\[profiles\./m.test(text)) faults.push(fault("codex_profiles", null));
  return faults;
}

/** Both credentials at once: Claude Code warns of a conflict and may use the wrong one. */
function claudeCode({ pairs }: Reading): Fault[] {
  const token = pairs.find(({ name }) => name === "ANTHROPIC_AUTH_TOKEN");
  const key = pairs.find(({ name, value }) => name === "ANTHROPIC_API_KEY" && value !== "");
  if (!token || !key) return [];
  const edits = [{ start: key.start, end: key.end, text: "" }];
  return [fault("key_conflict", key, { found: null, fixed: "ANTHROPIC_API_KEY=", edits })];
}

function openWebui({ pairs }: Reading): Fault[] {
  const count = (name: string) => pairs.find((pair) => pair.name === name)?.value.split(";").length;
  const urls = count("OPENAI_API_BASE_URLS");
  const keys = count("OPENAI_API_KEYS");
  const faults: Fault[] = [];
  if (urls !== undefined && keys !== undefined && urls !== keys) {
    faults.push(fault("lists_differ", null, { values: { urls: String(urls), keys: String(keys) } }));
  }
  const fromVariables = pairs.some(({ name }) => name?.startsWith("OPENAI_API_BASE_URL"));
  if (fromVariables && !pairs.some(({ name }) => name === "ENABLE_PERSISTENT_CONFIG")) {
    faults.push(fault("settings_kept", null, { level: "note" }));
  }
  return faults;
}
