import { describe, expect, it } from "vitest";
import { limitAtOnce } from "@/lib/auth/limit-at-once";

describe("a gate", () => {
  it("lets at most so many run at once, in order, and goes on after a failure", async () => {
    const inTurn = limitAtOnce(4);
    const begun: number[] = [];
    let running = 0;
    let peak = 0;
    const work = Array.from({ length: 30 }, (_, index) =>
      inTurn(async () => {
        begun.push(index);
        running += 1;
        peak = Math.max(peak, running);
        await new Promise((resolve) => setTimeout(resolve, 1 + (index % 3)));
        running -= 1;
        if (index % 7 === 0) throw new Error("failed");
      }).catch(() => null),
    );
    await Promise.all(work);
    expect(peak).toBe(4);
    expect(begun).toEqual(Array.from({ length: 30 }, (_, index) => index));
    expect(await inTurn(async () => "free again")).toBe("free again");
  });
});
