import { expect, test } from "vitest";
import { booleanField, numberField, rowsText, textField } from "@/lib/ledger/row-text";

test("plain words stand as they are, nothing is nothing", () => {
  expect([textField("req_4fT"), textField("a/b:c.d-e+f@g"), textField(null), textField(undefined)]).toEqual([
    "req_4fT",
    "a/b:c.d-e+f@g",
    "",
    "",
  ]);
  expect([
    numberField(0),
    numberField(-1n),
    numberField(null),
    booleanField(true),
    booleanField(false),
  ]).toEqual(["0", "-1", "", "t", "f"]);
});

test("anything else is quoted, twice over: as a field and as an element", () => {
  expect(textField("")).toBe('\\"\\"');
  expect(textField("a b")).toBe('\\"a b\\"');
  expect(textField('"')).toBe('\\"\\\\\\"\\"');
  expect(textField("a\0b,")).toBe('\\"ab,\\"');
  expect(rowsText(["1,a", "2,b"])).toBe('{"(1,a)","(2,b)"}');
});
