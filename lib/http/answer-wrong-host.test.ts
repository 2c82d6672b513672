import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { forgetEnv } from "@/lib/env";
import { answerWrongHost } from "./answer-wrong-host";

const ask = (method: string, headers: Record<string, string> = {}, path = "/v1/chat/completions") =>
  answerWrongHost(new Request(`http://localhost:3000${path}`, { method, headers }));

beforeEach(() => {
  vi.stubEnv("PUBLIC_URL", "http://localhost:3000");
  vi.stubEnv("PUBLIC_API_URL", "http://localhost:4100");
  forgetEnv();
});
afterEach(() => {
  vi.unstubAllEnvs();
  forgetEnv();
});

describe("an API call that reached the dashboard", () => {
  it.each(["GET", "POST", "PUT", "DELETE"])("is answered in OpenAI's shape to %s", async (method) => {
    const answer = ask(method);
    expect(answer.status).toBe(404);
    expect(answer.headers.get("x-request-id")).toMatch(/^req_/);
    expect(answer.headers.get("access-control-allow-origin")).toBe("*");
    const { error } = await answer.json();
    expect(error).toMatchObject({
      code: "wrong_host",
      type: "invalid_request_error",
      url: "http://localhost:4100/v1/chat/completions",
      doc_url: "http://localhost:3000/docs/errors/wrong_host",
      request_id: answer.headers.get("x-request-id"),
    });
    expect(error.message).toContain("http://localhost:4100/v1/chat/completions");
  });

  it("lets a preflight pass with the headers it asked for", () => {
    const answer = ask("OPTIONS", { "access-control-request-headers": "authorization, x-stainless-os" });
    expect(answer.status).toBe(204);
    expect(answer.headers.get("access-control-allow-headers")).toBe("authorization, x-stainless-os");
  });

  it.each([
    ["/v1", "/v1"],
    ["/v1/v1/models", "/v1/models"],
    ["/chat/completions", "/v1/chat/completions"],
    ["/v1beta", "/v1/v1beta"],
    ["/cursor/chat/completions", "/cursor/chat/completions"],
    ["/v1/cursor/models", "/cursor/models"],
    ["/openai/deployments/m/chat/completions", "/openai/deployments/m/chat/completions"],
    ["/api/pricing", "/api/pricing"],
  ])("names the right URL for %s", async (path, right) => {
    const { error } = await ask("GET", {}, path).json();
    expect(error.url).toBe(`http://localhost:4100${right}`);
  });

  it("has no body for HEAD", async () => {
    expect(await ask("HEAD").text()).toBe("");
  });
});
