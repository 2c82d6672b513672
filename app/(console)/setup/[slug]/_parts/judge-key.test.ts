import { describe, expect, it } from "vitest";
import { judgeKey } from "./judge-key";

const SECRET = `sk-tg-${"a".repeat(45)}x9Qk`;
const KEYS = [
  { id: "key_1", name: "prod", endings: ["x9Qk"], models: [] },
  { id: "key_2", name: "laptop", endings: ["Lm2c", "x9Qk"], models: [] },
];

describe("a pasted key", () => {
  it.each([SECRET, ` ${SECRET}\n`, `"${SECRET}"`, `Bearer ${SECRET}`, `OPENAI_API_KEY=${SECRET}`])(
    "%s is ours",
    (typed) =>
      expect(judgeKey(typed, KEYS, "key_1")).toEqual({ kind: "ours", keyId: "key_1", secret: SECRET }),
  );

  it("belongs to the chosen key if it can, else to the one that it ends like", () => {
    expect(judgeKey(SECRET, KEYS, "key_2")).toMatchObject({ keyId: "key_2" });
    expect(judgeKey(`${SECRET.slice(0, -4)}Lm2c`, KEYS, "key_1")).toMatchObject({ keyId: "key_2" });
  });

  it.each([
    ["", { kind: "empty" }],
    ["   ", { kind: "empty" }],
    ["sk-t", { kind: "tooShort", given: 4, wanted: 55 }],
    [SECRET.slice(0, -1), { kind: "tooShort", given: 54, wanted: 55 }],
    [`${SECRET}1`, { kind: "tooShort", given: 56, wanted: 55 }],
    ["sk-proj-abc", { kind: "foreign" }],
    ["sk-or-v1-abc", { kind: "foreign" }],
    ["what is this", { kind: "foreign" }],
    [SECRET.replace("sk", "mk"), { kind: "management" }],
    [`${SECRET.slice(0, -4)}zzzz`, { kind: "unknown", ending: "zzzz" }],
  ])("%s: %o", (typed, verdict) => expect(judgeKey(typed, KEYS, "key_1")).toEqual(verdict));
});
