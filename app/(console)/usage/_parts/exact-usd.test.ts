import { expect, it } from "vitest";
import { exactUsd } from "./exact-usd";

it("writes every digit, at least cents, and groups thousands", () => {
  expect(exactUsd(0n)).toBe("$0.00");
  expect(exactUsd(7n)).toBe("$0.000000007");
  expect(exactUsd(-1_500_000_000n)).toBe("−$1.50");
  expect(exactUsd(3_813_409_458_072n)).toBe("$3,813.409458072");
  expect(exactUsd(1_234_567_000_000_000n)).toBe("$1,234,567.00");
});
