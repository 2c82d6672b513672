import { expect, it } from "vitest";
import { makeKey } from "@/lib/keys/token";
import { FIELDS, type FieldName, holdsSecret, supportText } from "./support-text";

const fill = (value: string) =>
  Object.fromEntries(FIELDS.map((name) => [name, value])) as Record<FieldName, string>;

it("names every field, and never repeats a key", () => {
  const key = makeKey("inference");
  const text = supportText(fill("Label"), {
    ...fill(""),
    what: `with ${key} it fails`,
    model: "sandbox/echo",
  });
  expect(text.trimEnd().split("\n")).toHaveLength(FIELDS.length);
  expect(text).toContain("sandbox/echo");
  expect(text).not.toContain(key.slice(8, 40));
  expect(text).toContain("sk-tg-…");
  expect(holdsSecret(key)).toBe(true);
  expect(holdsSecret("sk-tg-…x9Qk")).toBe(false);
});
