import { reachOf } from "@/lib/clients/address";
import type { DoctorWorld, FaultCause } from "@/lib/doctor/types";

/** Where the large providers answer. */
const PROVIDERS: readonly (readonly [host: RegExp, provider: string])[] = [
  [/(^|\.)openai\.com$/, "OpenAI"],
  [/(^|\.)anthropic\.com$/, "Anthropic"],
  [/(^|\.)openrouter\.ai$/, "OpenRouter"],
  [/(^|\.)googleapis\.com$/, "Google"],
  [/\.openai\.azure\.com$|\.azure\.com$/, "Azure"],
  [/(^|\.)groq\.com$/, "Groq"],
  [/(^|\.)mistral\.ai$/, "Mistral"],
  [/(^|\.)deepseek\.com$/, "DeepSeek"],
  [/(^|\.)x\.ai$/, "xAI"],
  [/(^|\.)together\.(xyz|ai)$/, "Together"],
  [/(^|\.)fireworks\.ai$/, "Fireworks"],
  [/(^|\.)perplexity\.ai$/, "Perplexity"],
  [/(^|\.)cohere\.(com|ai)$/, "Cohere"],
  [/(^|\.)vercel\.sh$/, "Vercel AI Gateway"],
  [/(^|\.)dgrid\.ai$/, "DGrid"],
  [/(^|\.)rutaapi\.com$/, "RutaAPI"],
];
const IN_DOCKER = "host.docker.internal";

/** What is wrong with the host of an address, or null where it is the API's own. */
export function judgeHost(
  url: URL,
  world: DoctorWorld,
  from: { container: boolean; hosted: boolean },
): { cause: FaultCause; values?: Record<string, string> } | null {
  const api = new URL(world.apiRoot);
  const site = new URL(world.siteOrigin);
  const local = reachOf(url.origin) === "loopback";
  const apiLocal = reachOf(world.apiRoot) === "loopback";
  const sameMachine = apiLocal && (local || url.hostname === IN_DOCKER);
  const samePort = portOf(url) === portOf(api);
  if (url.hostname === api.hostname || sameMachine) {
    if (portOf(url) === portOf(site) && !samePort) return { cause: "dashboard_host" };
    if (local && from.container) return { cause: "localhost_container" };
    if ((local || url.hostname === IN_DOCKER) && from.hosted) return { cause: "localhost_hosted" };
    // A wrong scheme brings a wrong port with it, and is named itself.
    const byScheme = url.protocol !== api.protocol && url.port === "" && api.port === "";
    return samePort || byScheme ? null : { cause: "wrong_port", values: { port: portOf(api) } };
  }
  if (url.hostname === site.hostname) return { cause: "dashboard_host" };
  if (local) {
    if (from.container) return { cause: "localhost_container" };
    return { cause: from.hosted ? "localhost_hosted" : "localhost_foreign" };
  }
  const provider = PROVIDERS.find(([host]) => host.test(url.hostname))?.[1];
  if (provider && !isSameSite(url.hostname, api.hostname))
    return { cause: "provider_host", values: { provider } };
  if (isSameSite(url.hostname, api.hostname) || isSameSite(url.hostname, site.hostname)) {
    return {
      cause: /^(app|console|dashboard|my|account)\./.test(url.hostname) ? "dashboard_host" : "site_host",
    };
  }
  return { cause: "foreign_host", values: { host: url.host } };
}

function portOf(url: URL): string {
  return url.port || (url.protocol === "https:" ? "443" : "80");
}

/** By the last two labels: close enough for a hint, and never used to allow anything. */
function isSameSite(one: string, other: string): boolean {
  const tail = (host: string) => host.split(".").slice(-2).join(".");
  return one.includes(".") && !/^[\d.]+$/.test(one) && tail(one) === tail(other);
}
