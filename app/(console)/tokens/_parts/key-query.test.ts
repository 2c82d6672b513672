import { describe, expect, it } from "vitest";
import { keysHref, readKeyQuery } from "./key-query";

describe("the list's address", () => {
  it("is read and written the same", () => {
    const query = { search: "a&b c", status: "paused", sort: "used", page: 3 } as const;
    const href = keysHref(query);
    expect(href).toBe("/tokens?q=a%26b+c&status=paused&sort=used&page=3");
    expect(readKeyQuery(Object.fromEntries(new URL(href, "http://x").searchParams))).toEqual(query);
    expect(keysHref(readKeyQuery({}))).toBe("/tokens");
  });

  it("shows everything where it makes no sense", () => {
    const all = { search: "", status: undefined, sort: "newest", page: 1 };
    for (const params of [{ status: "gone", sort: "price", page: "-1" }, { page: "1e9" }, { page: "0" }]) {
      expect(readKeyQuery(params)).toEqual(all);
    }
    expect(readKeyQuery({ q: ["x".repeat(10_000), "y"], page: "999999" })).toMatchObject({ page: 100_000 });
    expect(readKeyQuery({ q: ["x".repeat(10_000)] }).search).toHaveLength(100);
  });
});
