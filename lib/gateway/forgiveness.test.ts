import { describe, expect, it } from "vitest";
import { Forgiveness } from "./forgiveness";
import { OpenCalls } from "./open-calls";

const DAY_MS = 86_400_000;

describe("empty answers", () => {
  it("are forgiven up to an amount per workspace and day, and anew the next day", () => {
    const forgiveness = new Forgiveness(100n);
    expect(forgiveness.take("ws_1", 60n, 0)).toBe(true);
    expect(forgiveness.take("ws_1", 60n, 1)).toBe(false);
    expect(forgiveness.take("ws_1", 40n, 2)).toBe(true);
    expect(forgiveness.take("ws_2", 100n, 3)).toBe(true);
    expect(forgiveness.take("ws_1", 1n, DAY_MS - 1)).toBe(false);
    expect(forgiveness.take("ws_1", 100n, DAY_MS)).toBe(true);
  });
});

describe("calls in flight", () => {
  it("are waited for, and cut where they stay", async () => {
    const open = new OpenCalls();
    await open.whenIdle();
    const cut: string[] = [];
    const leaveFirst = open.enter(() => cut.push("first"));
    const leaveSecond = open.enter(() => cut.push("second"));
    let idle = false;
    const waiting = open.whenIdle().then(() => {
      idle = true;
    });
    leaveFirst();
    leaveFirst();
    await Promise.resolve();
    expect([open.size, idle]).toEqual([1, false]);
    open.cutAll();
    expect(cut).toEqual(["second"]);
    leaveSecond();
    await waiting;
    expect(idle).toBe(true);
  });
});
