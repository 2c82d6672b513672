import { dockerAddress, reachOf } from "@/lib/clients/address";
import { CLIENT_RULES, HOSTED_CLIENTS, type V1Rule } from "@/lib/doctor/client-rules";
import { judgeHost } from "@/lib/doctor/judge-host";
import type { DoctorWorld, Fault, FaultCause, Found, Reading } from "@/lib/doctor/types";

const ENDPOINT =
  /\/(?:chat\/completions|messages\/count_tokens|completions|messages|responses|embeddings|models)(?:\/.*)?$/;
const STRAY = /[\s"'`“”‘’<>\u200b-\u200d\ufeff\u00a0]/g;

/** Names every fault of one address. Each carries the same edit: the whole address, right. */
export function judgeUrl(found: Found, reading: Reading, world: DoctorWorld, client: string | null): Fault[] {
  const rule = client ? CLIENT_RULES[client] : undefined;
  const hosted = reading.hosted || (client !== null && HOSTED_CLIENTS.has(client));
  const v1 = ruleOf(found, rule?.v1);
  const clean = found.value.replace(STRAY, "").replace(/[,;]+$/, "");
  const loopback = reachOf(world.apiRoot) === "loopback";
  const root = reading.container && loopback ? dockerAddress(world.apiRoot) : world.apiRoot;
  const isCall = client === "curl" && found.name === null;
  const url = parse(clean, world);
  const endpoint = url ? (ENDPOINT.exec(url.pathname)?.[0] ?? "") : "";
  const right = rightAddress(root, v1, { isCall, endpoint, client });
  const unreachable = hosted && loopback;
  const causes: { cause: FaultCause; values?: Record<string, string> }[] = [];
  const add = (cause: FaultCause, values?: Record<string, string>) =>
    causes.push({ cause, ...(values ? { values } : {}) });

  if (clean !== found.value) add("url_unclean");
  if (!url) add("not_a_url");
  else {
    if (!/^https?:\/\//i.test(clean)) add("scheme_missing");
    const host = judgeHost(url, world, { container: reading.container, hosted });
    if (host) add(host.cause, host.values);
    const wanted = new URL(world.apiRoot).protocol;
    if (host === null && /^https?:/i.test(clean) && url.protocol !== wanted) {
      add(wanted === "https:" ? "http_not_https" : "https_not_http");
    }
    if (/key|token|sk-/i.test(url.search) || url.password) add("key_in_url");
    else if (url.search || url.hash) add("url_extra");
    for (const cause of judgePath(url, v1, isCall, client)) add(cause);
    if (rule?.noSlash && clean.endsWith("/")) add("trailing_slash");
  }
  const fixed = unreachable ? null : right;
  return causes.map(({ cause, values = {} }) => ({
    cause,
    level: "fault",
    where: found.name,
    found: found.value.replace(/(key|token)=[^&\s]+/gi, "$1=…").replace(/\bsk-[\w-]{8,}/g, "sk-…"),
    fixed,
    values: { client: rule?.name ?? "", ...values },
    edits: fixed === null ? [] : [{ start: found.start, end: found.end, text: fixed }],
  }));
}

function ruleOf(found: Found, rule: V1Rule | undefined): V1Rule {
  if (found.name && /^ANTHROPIC_/.test(found.name)) return "without";
  return rule ?? "with";
}

function parse(clean: string, world: DoctorWorld): URL | null {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(clean) && !/^https?:\/\//i.test(clean)) return null;
  const protocol = new URL(world.apiRoot).protocol;
  const text = /^https?:\/\//i.test(clean) ? clean : `${protocol}//${clean}`;
  if (!URL.canParse(text)) return null;
  const url = new URL(text);
  return /[.:]|^localhost$/.test(url.host) || url.hostname === new URL(world.apiRoot).hostname ? url : null;
}

function judgePath(url: URL, v1: V1Rule, isCall: boolean, client: string | null): FaultCause[] {
  const path = url.pathname.replace(/\/{2,}/g, "/").replace(/\/+$/, "");
  const endpoint = ENDPOINT.exec(path)?.[0] ?? "";
  const front = path.slice(0, path.length - endpoint.length).replace(ENDPOINT, "");
  const found: FaultCause[] = [];
  if (/(?:\/v1){2,}$/.test(front)) found.push("v1_doubled");
  if (endpoint && !isCall) found.push("endpoint_as_root");
  if (isCall && !endpoint) found.push("endpoint_missing");
  if (client === "cursor") return front === "/cursor" ? found : [...found, "cursor_path"];
  if (front === "" && v1 === "with" && !(isCall && !endpoint)) found.push("v1_missing");
  else if (front === "/v1" && v1 === "without" && !isCall) found.push("v1_unwanted");
  else if (front !== "" && !/^(?:\/v1)+$/.test(front)) found.push("path_wrong");
  return found;
}

function rightAddress(
  root: string,
  v1: V1Rule,
  at: { isCall: boolean; endpoint: string; client: string | null },
): string {
  if (at.isCall) return `${root}/v1${at.endpoint || "/chat/completions"}`;
  if (at.client === "cursor") return `${root}/cursor`;
  return v1 === "without" ? root : `${root}/v1`;
}
