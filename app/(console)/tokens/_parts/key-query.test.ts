import { describe, expect, it } from "vitest";
import { keysHref, readKeyQuery, readPlaceParam } from "./key-query";

describe("the list's address", () => {
  it("is read and written the same", () => {
    const query = { search: "a&b c", status: "paused", need: "limit", sort: "used" } as const;
    const href = keysHref(query, "WyJh_-");
    expect(href).toBe("/tokens?q=a%26b+c&status=paused&need=limit&sort=used&place=WyJh_-");
    const params = Object.fromEntries(new URL(href, "http://x").searchParams);
    expect(readKeyQuery(params)).toEqual(query);
    expect(readPlaceParam(params)).toBe("WyJh_-");
    expect(keysHref(readKeyQuery({}))).toBe("/tokens");
  });

  it("shows everything where it makes no sense", () => {
    const all = { search: "", status: undefined, need: undefined, sort: "newest" };
    expect(readKeyQuery({ status: "gone", need: "love", sort: "price" })).toEqual(all);
    expect(readKeyQuery({ q: ["x".repeat(10_000), "y"] }).search).toHaveLength(100);
    expect(readPlaceParam({ place: "x".repeat(10_000) })).toBeUndefined();
    expect(readPlaceParam({})).toBeUndefined();
  });
});
