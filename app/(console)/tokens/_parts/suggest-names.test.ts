import { expect, it } from "vitest";
import { suggestNames } from "./suggest-names";

it("suggests a few clients and places, and none that is taken", () => {
  const first = suggestNames([]);
  expect(first).toHaveLength(5);
  expect(first).toContain("Production");
  const next = suggestNames([first[0]?.toUpperCase() ?? "", " production "]);
  expect(next).not.toContain(first[0]);
  expect(next).not.toContain("Production");
  expect(new Set(next).size).toBe(next.length);
});
