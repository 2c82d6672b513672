import { describe, expect, it } from "vitest";
import { printTable } from "./print-table";

describe("a table in a terminal", () => {
  it("aligns text left, numbers right, and counts wide characters as two", () => {
    const columns = [{ head: "NAME" }, { head: "USD", right: true }, { head: "X" }];
    const rows = [
      ["laptop", "0.25", "a"],
      ["鍵 🔑", "12", ""],
    ];
    expect(printTable(columns, rows).split("\n")).toEqual([
      "NAME     USD  X",
      "laptop  0.25  a",
      "鍵 🔑     12",
    ]);
  });

  it("never passes on what could drive the terminal", () => {
    expect(printTable([{ head: "NAME" }], [["\u001b[2Jred\u202e"]])).toBe("NAME\n?[2Jred?");
  });
});
