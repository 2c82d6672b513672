import type { Operation } from "@/lib/api/openapi";

/** Bodies that can be sent as they are. */
const BODIES: Record<string, unknown> = {
  createKey: {
    name: "ci",
    models: ["openai/*"],
    period: "month",
    period_limit_usd: "15",
    requests_per_minute: 60,
  },
  updateKey: { requests_per_minute: 120, expires_at: null },
  rotateKey: { overlap: "24h" },
  reportLeak: { key: "sk-tg-...", url: "https://example.com/where-it-was-found" },
  chatCompletions: { model: "sandbox/echo", messages: [{ role: "user", content: "Hello" }] },
};

/** A call as a line of curl for a shell, the credential in a variable of its environment. */
export function curlExample(origin: string, path: string, method: string, operation: Operation): string {
  const host = operation.servers?.[0]?.url ?? origin;
  const variable = operation.servers ? "TOLLGATE_API_KEY" : "TOLLGATE_MANAGEMENT_KEY";
  const query = operation.operationId === "gatewayGeneration" ? "?id=req_..." : "";
  const lines = [`curl "${host}${path.replace("{id}", "key_...")}${query}"`];
  if (method !== "get") lines[0] = lines[0]?.replace("curl ", `curl -X ${method.toUpperCase()} `) ?? "";
  if (operation.security?.length !== 0) lines.push(`-H "Authorization: Bearer $${variable}"`);
  const body = BODIES[operation.operationId];
  if (body) lines.push(`-H "Content-Type: application/json"`, `-d '${JSON.stringify(body)}'`);
  return lines.join(" \\\n  ");
}
