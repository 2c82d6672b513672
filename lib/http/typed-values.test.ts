import { describe, expect, it } from "vitest";
import { typedValues } from "@/lib/http/typed-values";

describe("what a refused form gets back", () => {
  it("is everything that was typed, but no secret and no file", () => {
    const file = new File(["x"], "x.txt");
    const typed = { email: "ada", count: 3, agreed: true, list: ["a"], file, nothing: null };
    const secrets = {
      password: "a",
      currentPassword: "b",
      new_password: "c",
      token: "d",
      key: "e",
      apiKey: "f",
      clientSecret: "g",
    };
    expect(typedValues({ ...typed, ...secrets })).toEqual({ email: "ada", count: "3", agreed: "true" });
  });

  it("is bounded", () => {
    expect(typedValues({ name: "x".repeat(10_000) }).name).toHaveLength(4_000);
  });
});
