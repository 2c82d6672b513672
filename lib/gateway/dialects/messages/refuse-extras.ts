import type { Json } from "@/lib/gateway/dialects/api-request";
import { isObject } from "@/lib/gateway/dialects/read-fields";
import { GatewayError, invalidRequest } from "@/lib/gateway/gateway-error";

/** Tools that the caller runs, though Anthropic defines them; all others without a schema run at the provider. */
const CALLERS_OWN = /^(?:custom$|bash_|text_editor_|computer_|memory_|tool_search_tool_)/;

function billedApart(what: string, param: string): GatewayError {
  return new GatewayError("unsupported_capability", {
    message: `${what} is not supported here: the provider bills it apart from this call's tokens.`,
    param,
  });
}

const isGiven = (value: unknown) =>
  value !== undefined && value !== null && !(Array.isArray(value) && value.length === 0);

/**
 * Refuses what would cost more than the tokens of this call, or more for each: tools and servers that the provider
 * runs, other models, other tiers, speeds and places, summaries on the way; and what is stored there for all tenants.
 * Sources: Anthropic docs, "Pricing", "Server tools", "Fast mode", "Service tiers", "Data residency", "Compaction",
 * "Refusals and fallback".
 */
export function refuseExtras(body: Json): void {
  if (isGiven(body.service_tier) && body.service_tier !== "auto" && body.service_tier !== "standard_only") {
    throw invalidRequest(
      "service_tier must be auto or standard_only: other tiers have other prices.",
      "service_tier",
    );
  }
  if (isGiven(body.n) && body.n !== 1) {
    throw invalidRequest("n is not supported: a message is one answer.", "n");
  }
  for (const name of ["mcp_servers", "fallbacks"]) if (isGiven(body[name])) throw billedApart(name, name);
  if (isGiven(body.speed) && body.speed !== "standard")
    throw billedApart(`speed ${String(body.speed)}`, "speed");
  if (isGiven(body.inference_geo) && body.inference_geo !== "global") {
    throw billedApart(`inference_geo ${String(body.inference_geo)}`, "inference_geo");
  }
  if (isGiven(body.container)) {
    throw invalidRequest("container is not supported: this gateway keeps nothing upstream.", "container");
  }
  if (isObject(body.context_management) && Array.isArray(body.context_management.edits)) {
    for (const edit of body.context_management.edits as unknown[]) {
      if (isObject(edit) && typeof edit.type === "string" && edit.type.startsWith("compact")) {
        throw billedApart(edit.type, "context_management.edits");
      }
    }
  }
  if (!Array.isArray(body.tools)) return;
  for (const [at, tool] of (body.tools as unknown[]).entries()) refuseHosted(tool, `tools.${at}.type`);
}

/** Refuses a tool that the provider would run. */
export function refuseHosted(tool: unknown, param: string): void {
  if (!isObject(tool) || typeof tool.type !== "string" || isObject(tool.input_schema)) return;
  if (!CALLERS_OWN.test(tool.type)) throw billedApart(`The tool ${tool.type}`, param);
}
