import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { route } from "./router";

describe("the way from a path to an endpoint", () => {
  it("forgives what people do to base URLs", () => {
    const chat = [
      "/v1/chat/completions",
      "/chat/completions",
      "/v1/v1/chat/completions",
      "/v1/v1/v1/chat/completions/",
      "//v1//chat//completions",
      "/v1/chat/completions?api-version=1",
      "/v1/chat/completions/chat/completions",
      "/v1/chat/completions/v1/chat/completions",
      "http://localhost:4100/v1/chat/completions",
    ];
    for (const url of chat) expect([url, route(url).name]).toEqual([url, "chat"]);
    for (const url of [
      "/v1/models",
      "/models",
      "/v1/v1/models/",
      "/v1/models?limit=1000",
      "/v1/chat/completions/models",
    ]) {
      expect([url, route(url).name]).toEqual([url, "models"]);
    }
    expect(route("/v1/models/a%2Fb:c")).toEqual({ name: "model", id: "a/b:c" });
    expect(route("/v1/models/sandbox/echo")).toEqual({ name: "model", id: "sandbox/echo" });
    expect(route("/models/models/x")).toEqual({ name: "model", id: "x" });
    expect(route("/v1/models/%zz")).toEqual({ name: "model", id: "%zz" });
    expect(route("/v1/key").name).toBe("key");
    expect(route("/credits").name).toBe("credits");
    for (const url of ["/", "", "/v1", "/v1/", "/v1/v1"])
      expect([url, route(url).name]).toEqual([url, "root"]);
    for (const name of ["responses", "messages", "embeddings", "completions", "generation"]) {
      expect(route(`/v1/${name}?beta=true`)).toEqual({ name });
      expect(route(`/v1/${name}/v1/${name}`)).toEqual({ name });
    }
    for (const url of ["/v1/messages/count_tokens?beta=true", "/v1/v1/messages/count_tokens"])
      expect(route(url)).toEqual({ name: "count_tokens" });
    for (const url of ["/cursor", "/cursor/chat/completions", "/cursor/v1/responses"])
      expect([url, route(url).name]).toEqual([url, "cursor"]);
    expect(route("/openai/deployments/a%2Fb/chat/completions?api-version=1")).toEqual({
      name: "deployment",
      model: "a/b",
    });
    expect(route("/cursor/models").name).toBe("models");
    expect(route("/api/pricing").name).toBe("pricing");
    expect(route("/api/hello").name).toBe("hello");
    expect(route("/healthz").name).toBe("health");
    expect(route("/readyz").name).toBe("ready");
    expect(route("/metrics").name).toBe("metrics");
  });

  it("says what it does not know, without the prefix", () => {
    expect(route("/v1/responses/resp_1")).toEqual({ name: "unknown", path: "responses/resp_1" });
    expect(route("/v1/chat/completion")).toEqual({ name: "unknown", path: "chat/completion" });
    expect(route("/v2/chat/completions")).toEqual({ name: "unknown", path: "v2/chat/completions" });
    expect(route("/v1/healthz")).toEqual({ name: "unknown", path: "healthz" });
  });

  it("ends on any path", () => {
    const piece = fc.constantFrom(
      "/",
      "v1",
      "models",
      "chat/completions",
      "completions",
      "%",
      "?",
      "..",
      "a",
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => Boolean(route(pieces.join("/")).name)),
    );
    fc.assert(fc.property(fc.string(), (text) => Boolean(route(text).name)));
  });
});
