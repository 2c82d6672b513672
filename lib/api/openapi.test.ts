import { describe, expect, it } from "vitest";
import { ENDPOINTS } from "@/lib/api/endpoints/all";
import { type JsonSchema, openApi } from "@/lib/api/openapi";

const document = openApi();

function refsIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(refsIn);
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    name === "$ref" ? [String(inner)] : refsIn(inner),
  );
}

describe("the OpenAPI document", () => {
  it("has every endpoint that there is, each under its own name", () => {
    for (const { path, method, name } of ENDPOINTS) {
      expect(document.paths[`/api/v1${path}`]?.[method.toLowerCase()]?.operationId).toBe(name);
    }
    const ids = Object.values(document.paths).flatMap((path) =>
      Object.values(path).map((one) => one.operationId),
    );
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("is JSON whose references all lead somewhere", () => {
    const parsed = JSON.parse(JSON.stringify(document));
    expect(parsed).toEqual(document);
    const known = Object.keys(document.components.schemas).map((name) => `#/components/schemas/${name}`);
    const refs = new Set(refsIn(document));
    expect(refs.size).toBeGreaterThan(5);
    for (const ref of refs) expect(known).toContain(ref);
    expect(JSON.stringify(document)).not.toMatch(/\$defs|\$schema|"undefined"|api\.(fields|endpoints)/);
  });

  it("describes a body as it is sent: text amounts, ISO times, no field that is not known", () => {
    const body = document.paths["/api/v1/keys"]?.post?.requestBody?.content["application/json"]?.schema;
    const properties = body?.properties as Record<string, JsonSchema>;
    expect(body).toMatchObject({ type: "object", required: ["name"], additionalProperties: false });
    expect(properties.name).toMatchObject({ type: "string", minLength: 1, maxLength: 80 });
    expect(JSON.stringify(properties.expires_at)).toContain("date-time");
    expect(JSON.stringify(properties.total_limit_usd)).toContain('"type":"string"');
    expect(properties.requests_per_minute?.description).toMatch(/60 seconds/);
  });

  it("names path, query and header parameters", () => {
    const names = (path: string, method: string) =>
      document.paths[path]?.[method]?.parameters?.map((one) => `${one.in} ${one.name}`);
    expect(names("/api/v1/keys/{id}", "patch")).toEqual(["path id", "header Idempotency-Key"]);
    expect(names("/api/v1/keys", "get")).toEqual([
      "query limit",
      "query cursor",
      "query search",
      "query status",
      "query disabled",
    ]);
  });
});
