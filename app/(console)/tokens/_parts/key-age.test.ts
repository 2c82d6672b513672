import { describe, expect, it } from "vitest";
import { overdueDays } from "./key-age";

const now = new Date("2030-06-01T12:00:00Z");
const secret = (days: number, endsAt: Date | null = null) => ({
  id: "sec",
  prefix: "sk-tg-",
  lastFour: "abcd",
  createdAt: new Date(now.getTime() - days * 86_400_000),
  endsAt,
  living: true,
});

describe("the age of a key's secret", () => {
  it("is told from the day on which it is due", () => {
    const at = (days: number) => overdueDays({ status: "active", secrets: [secret(days)] }, now, 90);
    expect([at(0), at(89.99), at(90), at(400.5)]).toEqual([null, null, 90, 400]);
  });

  it("looks at the secret that stays, of a key that lives, for those who want to know", () => {
    const rotating = { status: "rotating" as const, secrets: [secret(1), secret(200, now)] };
    expect(overdueDays(rotating, now, 90)).toBeNull();
    expect(overdueDays({ status: "revoked", secrets: [secret(200)] }, now, 90)).toBeNull();
    expect(overdueDays({ status: "active", secrets: [secret(200)] }, now, 0)).toBeNull();
  });
});
