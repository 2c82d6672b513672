import { describe, expect, it } from "vitest";
import { parseCursor, writeCursor } from "@/lib/usage/call-cursor";
import { parseFilters } from "@/lib/usage/parse-filters";

describe("filters", () => {
  it("are taken as they are", () => {
    expect(parseFilters({ key: "key_1", model: " gpt-4o ", status: "failed", request: "req_1" })).toEqual({
      filters: { keyId: "key_1", modelId: "gpt-4o", status: "failed", requestId: "req_1" },
      problem: null,
    });
  });

  it("count for nothing when blank, and only once when given twice", () => {
    expect(parseFilters({ key: "", model: "  ", status: undefined })).toEqual({ filters: {}, problem: null });
    expect(parseFilters({ model: ["a", "b"] }).filters).toEqual({ modelId: "a" });
  });

  it("are named and left out when they cannot be one", () => {
    expect(parseFilters({ status: "splendid", model: "a" })).toEqual({
      filters: { modelId: "a" },
      problem: "status",
    });
    expect(parseFilters({ key: "a\u0000b" })).toEqual({ filters: {}, problem: "key" });
    expect(parseFilters({ model: "m".repeat(201) })).toEqual({ filters: {}, problem: "model" });
    expect(parseFilters({ request: "\n\u0001x" }).problem).toBe("request");
  });
});

describe("a cursor", () => {
  const cursor = { side: "older", atMicros: 1_795_000_000_123_456n, requestId: "req_4fT" } as const;

  it("comes back as it was", () => {
    expect(parseCursor(writeCursor(cursor, "ws_1"), "ws_1")).toEqual(cursor);
    const newer = { ...cursor, side: "newer" } as const;
    expect(parseCursor(writeCursor(newer, "ws_1"), "ws_1")).toEqual(newer);
  });

  it("is nothing when it is another workspace's, garbled, cut, or something else altogether", () => {
    const text = writeCursor(cursor, "ws_1");
    expect(parseCursor(text, "ws_2")).toBeNull();
    for (const bad of [
      "",
      "x",
      text.slice(0, 30),
      `${text}!`,
      `${text}x`,
      "a".repeat(2_000),
      "' OR 1=1",
      "\u0000",
    ]) {
      expect(parseCursor(bad, "ws_1"), bad).toBeNull();
    }
    const huge = Buffer.from("aaaaaaaaaa.older.99999999999999999999.req_1").toString("base64url");
    expect(parseCursor(huge, "ws_1")).toBeNull();
  });
});
