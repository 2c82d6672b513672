import { describe, expect, it } from "vitest";
import { readBaseUrl } from "@/lib/catalog/base-url";
import { aRoute } from "@/lib/gateway/routing/test-route";
import { targetAzure } from "./azure";

/** As an operator gives it, through what is kept of it. */
function connect(url: string, apiVersion: string | null = null) {
  const read = readBaseUrl("azure", url, apiVersion);
  if (!read.ok) throw new Error(read.message);
  const { connection } = aRoute("a");
  return { ...connection, kind: "azure" as const, baseUrl: read.baseUrl, apiVersion: read.apiVersion };
}
const HOST = "https://res.openai.azure.com";
const V = "api-version=2024-10-21";

describe("Azure OpenAI", () => {
  it.each([
    [`${HOST}/openai/deployments/gpt4o/chat/completions?${V}`, null],
    [`${HOST}/openai/deployments/gpt4o?${V}`, null],
    [`${HOST}/openai/deployments/gpt4o/`, "2024-10-21"],
    [HOST, "2024-10-21"],
    [`${HOST}/openai/?${V}`, null],
  ])("finds a deployment behind %s", (url, apiVersion) => {
    const connection = connect(url, apiVersion);
    const path = (endpoint: Parameters<typeof targetAzure>[2]) =>
      targetAzure(connection, "gpt4o", endpoint, false).path;
    expect(path("chat/completions")).toBe(`/openai/deployments/gpt4o/chat/completions?${V}`);
    expect(path("completions")).toBe(`/openai/deployments/gpt4o/completions?${V}`);
    expect(path("embeddings")).toBe(`/openai/deployments/gpt4o/embeddings?${V}`);
    expect(path("responses")).toBe(`/openai/responses?${V}`);
    expect(path("models")).toBe(`/openai/models?${V}`);
  });

  it.each([HOST, `${HOST}/openai/v1/`, `${HOST}/openai/v1/responses`])(
    "speaks the newer API at %s, with no version",
    (url) => {
      const connection = connect(url);
      for (const endpoint of ["chat/completions", "responses", "embeddings", "models"] as const)
        expect(targetAzure(connection, "gpt4o", endpoint, false).path).toBe(`/openai/v1/${endpoint}`);
    },
  );

  it("keeps a version where one is given, and a gateway's own path before it", () => {
    expect(targetAzure(connect(`${HOST}/openai/v1`, "preview"), "x", "chat/completions", false).path).toBe(
      "/openai/v1/chat/completions?api-version=preview",
    );
    expect(
      targetAzure(
        connect(`https://apim.example/team/openai/deployments/a?${V}&x=1`),
        "a",
        "chat/completions",
        false,
      ).path,
    ).toBe(`/team/openai/deployments/a/chat/completions?x=1&${V}`);
    expect(
      targetAzure(
        connect(`https://r.services.ai.azure.com/models/chat/completions?${V}`),
        "a",
        "chat/completions",
        false,
      ).path,
    ).toBe(`/models/chat/completions?${V}`);
  });

  it("sends the key as api-key, and escapes the deployment's name", () => {
    const target = targetAzure(connect(HOST, "2024-10-21"), "a/../b?c", "chat/completions", true);
    expect(target.path).toBe(`/openai/deployments/a%2F..%2Fb%3Fc/chat/completions?${V}`);
    expect(target.headers).toMatchObject({ "api-key": "sk-upstreamsecret1", accept: "text/event-stream" });
    expect(target.headers.authorization).toBeUndefined();
  });

  it("asks for the api-version where the address cannot do without", () => {
    for (const url of [`${HOST}/openai/deployments/x`, "https://r.services.ai.azure.com/models"])
      expect(readBaseUrl("azure", url, null)).toEqual({
        ok: false,
        field: "apiVersion",
        message: "apiVersionMissing",
      });
  });
});
