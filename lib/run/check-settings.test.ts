import { randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import { checkSettings, type Settings } from "@/lib/run/check-settings";

const secret = () => randomBytes(32).toString("base64");

const PRODUCTION: Settings = {
  TOLLGATE_ENV: "production",
  PUBLIC_URL: "https://app.tollgate.test",
  PUBLIC_API_URL: "https://api.tollgate.test",
  DATABASE_URL: "postgresql://app@db/tollgate",
  STRIPE_SECRET_KEY: "sk_live_51Abc",
  STRIPE_WEBHOOK_SECRET: "whsec_4f1f",
  SMTP_URL: "smtp://mail.tollgate.test",
  NEXTAUTH_SECRET: secret(),
  NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: secret(),
  TOLLGATE_KEY_PEPPER: `v1:${secret()}`,
  TOLLGATE_ENCRYPTION_KEY: `v2:${secret()},v1:${secret()}`,
};

const about = (settings: Settings, role: "supervisor" | "process" = "supervisor") =>
  checkSettings(settings, role).join("\n");

describe("a start in production", () => {
  it("goes ahead with everything set, also as a process of its own", () => {
    expect(checkSettings(PRODUCTION, "supervisor")).toEqual([]);
    expect(checkSettings(PRODUCTION, "process")).toEqual([]);
  });

  it.each(Object.keys(PRODUCTION).filter((name) => name !== "TOLLGATE_ENV" && name !== "DATABASE_URL"))(
    "refuses without %s, blank or only spaces, and names it",
    (name) => {
      for (const value of [undefined, "", "   "])
        expect(about({ ...PRODUCTION, [name]: value })).toContain(name);
    },
  );

  it("names everything that is missing at once", () => {
    const problems = checkSettings({ TOLLGATE_ENV: "production" }, "supervisor");
    for (const name of ["STRIPE_WEBHOOK_SECRET", "SMTP_URL", "PUBLIC_API_URL", "TOLLGATE_KEY_PEPPER"]) {
      expect(problems.some((problem) => problem.startsWith(name))).toBe(true);
    }
  });

  it.each(["payments", "mail", "provider"])("refuses the stand-in for %s", (kind) => {
    expect(about({ ...PRODUCTION, TOLLGATE_STAND_INS: kind })).toContain(kind);
  });

  it.each([
    ["NEXTAUTH_SECRET", "change-me-change-me-change-me-change-me"],
    ["NEXTAUTH_SECRET", "short"],
    ["NEXTAUTH_SECRET", "a".repeat(40)],
    ["STRIPE_WEBHOOK_SECRET", "whsec_change_me"],
    ["STRIPE_SECRET_KEY", "sk_test_standin"],
    ["TOLLGATE_KEY_PEPPER", "v1:c2hvcnQ="],
    ["TOLLGATE_ENCRYPTION_KEY", "just words"],
    ["NEXT_SERVER_ACTIONS_ENCRYPTION_KEY", "abc"],
  ])("refuses a default or weak %s, and does not repeat it", (name, value) => {
    const problems = about({ ...PRODUCTION, [name]: value });
    expect(problems).toContain(name);
    expect(problems).not.toContain(value);
  });

  it("refuses another address for Stripe", () => {
    expect(about({ ...PRODUCTION, STRIPE_API_BASE: "http://127.0.0.1:9" })).toContain("STRIPE_API_BASE");
    expect(about({ ...PRODUCTION, GITHUB_API_BASE: "http://github.internal" })).toContain("GITHUB_API_BASE");
    expect(about({ GITHUB_API_BASE: "nonsense" })).toContain("GITHUB_API_BASE");
    expect(about({ ...PRODUCTION, GITHUB_API_BASE: "https://github.internal/api/v3" })).not.toContain(
      "GITHUB",
    );
  });
});

describe("a local start", () => {
  it("needs nothing", () => {
    expect(checkSettings({}, "supervisor")).toEqual([]);
    expect(checkSettings({ TOLLGATE_STAND_INS: "payments,mail,provider" }, "supervisor")).toEqual([]);
  });

  it.each(["http://localhost:3000", "http://127.0.0.1:3000", "http://[::1]:3000", "http://app.localhost"])(
    "lets stand-ins run behind %s",
    (url) => {
      expect(checkSettings({ PUBLIC_URL: url, TOLLGATE_STAND_INS: "mail" }, "supervisor")).toEqual([]);
    },
  );

  it.each(["PUBLIC_URL", "PUBLIC_API_URL"])("keeps stand-ins away from a %s that others reach", (name) => {
    for (const url of ["https://tollgate.test", "http://192.168.1.4:3000", "http://localhost.evil.test"]) {
      const problems = about({ [name]: url, TOLLGATE_STAND_INS: "payments,mail" });
      expect(problems).toContain(name);
      expect(problems).toContain("STRIPE_SECRET_KEY");
      expect(problems).toContain("SMTP_URL");
      expect(checkSettings({ [name]: url }, "supervisor")).toEqual([]);
    }
  });

  it("refuses a live key that would go to another address", () => {
    const settings = { STRIPE_SECRET_KEY: "sk_live_51", STRIPE_API_BASE: "http://127.0.0.1:4242" };
    expect(about(settings)).toContain("live key");
    expect(about({ ...settings, STRIPE_SECRET_KEY: "sk_test_51" })).toBe("");
    expect(about({ ...settings, STRIPE_SECRET_KEY: "rk_live_51" })).toContain("STRIPE_API_BASE");
    expect(about({ STRIPE_SECRET_KEY: "sk_test_1", STRIPE_API_BASE: "http://evil.test" })).toContain(
      "loopback",
    );
  });

  it("refuses one port for two listeners, half a database and an unknown environment", () => {
    expect(about({ PORT: "4100", GATEWAY_PORT: "4100" })).toContain("GATEWAY_PORT");
    expect(about({ DATABASE_ADMIN_URL: "postgresql://x" })).toContain("DATABASE_URL");
    expect(about({ TOLLGATE_ENV: "prod" })).toContain("TOLLGATE_ENV");
  });
});

describe("a process started alone", () => {
  it("names what npm start would have given it", () => {
    const problems = about({}, "process");
    for (const name of [
      "DATABASE_URL",
      "TOLLGATE_KEY_PEPPER",
      "TOLLGATE_ENCRYPTION_KEY",
      "NEXTAUTH_SECRET",
    ]) {
      expect(problems).toContain(name);
    }
  });
});
