import { describe, expect, it } from "vitest";
import { answerWrongHost } from "./answer-wrong-host";

const options = {
  path: "/chat/completions",
  publicUrl: "http://localhost:3000",
  publicApiUrl: "http://localhost:4100",
};
const ask = (method: string, headers: Record<string, string> = {}) =>
  answerWrongHost(new Request("http://localhost:3000/v1/chat/completions", { method, headers }), options);

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

  it("has no body for HEAD", async () => {
    expect(await ask("HEAD").text()).toBe("");
  });
});
