import { expect, it } from "vitest";
import { pickQuery, queryHref } from "./query-href";

it("keeps what it knows, once each, without blanks", () => {
  const input = { range: "7d", key: ["a", "b"], model: "  ", other: "x", status: undefined };
  expect(pickQuery(input, ["range", "key", "model", "status"])).toEqual({ range: "7d", key: "a" });
});

it("builds a link with changes, escaped", () => {
  expect(queryHref("/usage", {})).toBe("/usage");
  expect(queryHref("/usage", { range: "7d", key: "a" }, { key: null })).toBe("/usage?range=7d");
  expect(queryHref("/logs", {}, { model: "a/b&c=d" })).toBe("/logs?model=a%2Fb%26c%3Dd");
});
