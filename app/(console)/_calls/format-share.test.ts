import { describe, expect, it } from "vitest";
import { formatShare } from "./format-share";

describe("a share", () => {
  it("is rounded to one decimal below ten, to none above", () => {
    expect(formatShare(1n, 18n)).toBe("5.6 %");
    expect(formatShare(1n, 3n)).toBe("33 %");
    expect(formatShare(3n, 3n)).toBe("100 %");
  });
  it("is never 0 % for something that happened", () => {
    expect(formatShare(0n, 10n)).toBe("0 %");
    expect(formatShare(1n, 100_000n)).toBe("< 0.1 %");
  });
});
