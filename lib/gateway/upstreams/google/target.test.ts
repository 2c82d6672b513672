import { expect, it } from "vitest";
import type { CatalogConnection } from "@/lib/catalog/types";
import { targetGoogle } from "./target";

const to = (baseUrl: string, id = "gemini-2.5-flash", stream = false) =>
  targetGoogle(
    { baseUrl, key: "AIzaSecret", headers: { "x-team": "blue" } } as unknown as CatalogConnection,
    id,
    "generateContent",
    stream,
  );
const HOST = "https://generativelanguage.googleapis.com";

it.each([
  [HOST, "/v1beta/models/gemini-2.5-flash:generateContent"],
  [`${HOST}/v1beta`, "/v1beta/models/gemini-2.5-flash:generateContent"],
  [`${HOST}/v1beta/openai/`, "/v1beta/models/gemini-2.5-flash:generateContent"],
  [`${HOST}/v1`, "/v1/models/gemini-2.5-flash:generateContent"],
  ["https://proxy.example/gemini", "/gemini/v1beta/models/gemini-2.5-flash:generateContent"],
  [`${HOST}/v1beta?key=AIzaOther&x=1`, "/v1beta/models/gemini-2.5-flash:generateContent?x=1"],
])("%s leads to %s", (baseUrl, path) => {
  const target = to(baseUrl);
  expect(target.path).toBe(path);
  expect(target.headers).toMatchObject({ "x-goog-api-key": "AIzaSecret", "x-team": "blue" });
  expect(target.path).not.toContain("AIza");
});

it("streams as server-sent events", () => {
  expect(to(HOST, "gemini-2.5-flash", true).path).toBe(
    "/v1beta/models/gemini-2.5-flash:streamGenerateContent?alt=sse",
  );
});

it("takes ids that name their kind, and escapes the rest", () => {
  expect(to(HOST, "tunedModels/mine").path).toBe("/v1beta/tunedModels/mine:generateContent");
  expect(to(HOST, "models/gemini-x").path).toBe("/v1beta/models/gemini-x:generateContent");
  expect(to(HOST, "a/../b?c#d:e").path).toBe("/v1beta/models/a%2F..%2Fb%3Fc%23d%3Ae:generateContent");
});
