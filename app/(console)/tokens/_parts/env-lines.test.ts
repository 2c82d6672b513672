import { describe, expect, it } from "vitest";
import { envLines } from "./env-lines";

const line = (id: string, name: string) => ({ id, name, secret: `sk-tg-${id}` });

describe("fresh secrets as one file", () => {
  it("name each after its key, each once", () => {
    const text = envLines(
      [line("a", "LobeChat (server)"), line("b", "lobechat server"), line("c", "Büro № 7"), line("d", "7")],
      "Rotated",
    );
    expect(text).toBe(
      [
        "# Rotated",
        "",
        "# LobeChat (server) (a)",
        "LOBECHAT_SERVER=sk-tg-a",
        "",
        "# lobechat server (b)",
        "LOBECHAT_SERVER_2=sk-tg-b",
        "",
        "# Büro № 7 (c)",
        "BURO_NO_7=sk-tg-c",
        "",
        "# 7 (d)",
        "KEY_7=sk-tg-d",
        "",
      ].join("\n"),
    );
  });

  it("take names that have no letters, and no name begins a line of its own", () => {
    const text = envLines([line("a", "钥匙"), line("b", "x\nEVIL=1")], "t\nEVIL=1");
    expect(text.split("\n").filter((each) => each && !each.startsWith("#"))).toEqual([
      "KEY=sk-tg-a",
      "X_EVIL_1=sk-tg-b",
    ]);
  });
});
