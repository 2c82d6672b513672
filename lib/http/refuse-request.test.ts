import { describe, expect, it } from "vitest";
import { readPath, refuseRequest } from "./refuse-request";

const ask = (method: string, url: string, length?: number) =>
  refuseRequest({ method, url, headers: length === undefined ? {} : { "content-length": String(length) } });

describe("a request that no page can answer", () => {
  it.each([
    "*",
    "http://evil.test/v1/models",
    "evil.test:443",
    "/tokens/%",
    "/logs/%zz",
    "/credits/%ED%A0%80",
  ])("is refused for its address %s", (url) => expect(ask("GET", url)?.status).toBe(400));

  it("is refused for its method or an announced body of more than 1 MB", () => {
    expect(ask("TRACE", "/sign-in")?.status).toBe(405);
    expect(ask("POST", "/sign-in", 40 * 1_048_576)?.status).toBe(413);
    expect(ask("POST", "/x/../api/stripe/../../tokens", 40 * 1_048_576)?.status).toBe(413);
  });

  it("is not confused with odd ones that have an answer", () => {
    expect(ask("GET", "/logs?key=%zz&x=%")).toBeNull();
    expect(ask("GET", "/logs/%00%F0%9F%92%A9")).toBeNull();
    expect(ask("POST", "/sign-in", 1_048_576)).toBeNull();
    // These know better what to say about a large body.
    expect(ask("POST", "/v1/chat/completions", 40 * 1_048_576)).toBeNull();
    expect(ask("POST", "/api/stripe/webhook", 40 * 1_048_576)).toBeNull();
    expect(ask("POST", "/api/v1/keys", 40 * 1_048_576)).toBeNull();
    expect(ask("POST", "/api/leaks", 40 * 1_048_576)).toBeNull();
    expect(ask("POST", "/api/v1x", 40 * 1_048_576)?.status).toBe(413);
  });
});

describe("the path that an address means", () => {
  it("is the one that Next will serve, however it is written", () => {
    expect(readPath("/x/../sandbox/mail?a")).toBe("/sandbox/mail");
    expect(readPath("/x/%2e%2E/sandbox/mail")).toBe("/sandbox/mail");
    expect(readPath("/x\\..\\sandbox/mail")).toBe("/sandbox/mail");
    expect(readPath("//evil.test/x")).toBe("//evil.test/x");
  });
});
