import { describe, expect, it } from "vitest";
import { planStandIns, standInSettings } from "@/lib/run/plan";

describe("stand-ins", () => {
  it("take the place of everything that is not set, or set to nothing", () => {
    expect(planStandIns({}, false)).toEqual(["payments", "mail", "provider"]);
    expect(planStandIns({ STRIPE_SECRET_KEY: " ", SMTP_URL: "" }, false)).toEqual([
      "payments",
      "mail",
      "provider",
    ]);
  });

  it("go one by one, the provider's last", () => {
    const settings = { STRIPE_SECRET_KEY: "sk_test_1" };
    expect(planStandIns(settings, true)).toEqual(["mail", "provider"]);
    expect(planStandIns({ ...settings, SMTP_URL: "smtp://mail.test" }, true)).toEqual([]);
    expect(planStandIns({ ...settings, SMTP_URL: "smtp://mail.test" }, false)).toEqual(["provider"]);
  });

  it("are never planned in production", () => {
    expect(planStandIns({ TOLLGATE_ENV: "production" }, false)).toEqual([]);
  });

  it("come with a key that cannot be a real one, and only where payments have one", () => {
    const url = "http://127.0.0.1:4242";
    expect(standInSettings(["payments", "mail"], url)).toMatchObject({
      STRIPE_SECRET_KEY: "sk_test_standin",
      STRIPE_API_BASE: url,
      TOLLGATE_SANDBOX_URL: url,
    });
    expect(standInSettings(["mail"], url)).not.toHaveProperty("STRIPE_SECRET_KEY");
    expect(standInSettings([], url)).toEqual({ TOLLGATE_STAND_INS: "" });
  });
});
