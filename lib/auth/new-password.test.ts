import { describe, expect, it } from "vitest";
import { checkNewPassword } from "@/lib/auth/new-password";
import { AppError } from "@/lib/errors";

const EMAIL = "ada.lovelace@example.com";

function refusal(password: string, email = EMAIL): string | null {
  try {
    checkNewPassword(password, email);
    return null;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    expect(error.field).toBe("password");
    expect(error.code).toBe("invalid_input");
    return error.message;
  }
}

describe("a new password", () => {
  it.each([
    "violet anchor drumming",
    "aaaaaaaaaaaaaaab",
    "            three words",
    "ключи от дома под ковром",
    "🦊🌲🎺🪵🧊🛶🐙🍋🪁🔭🧭🪨🌾🕯🎻",
    "483926105728391",
    "x".repeat(50) + "y".repeat(78),
  ])("%j is fine", (password) => {
    expect(refusal(password)).toBeNull();
  });

  it("is counted in characters, not in bytes", () => {
    expect(refusal("ключи от дома!")).toBe("passwordTooShort");
    expect(refusal("🦊".repeat(14))).toBe("passwordTooShort");
    expect(refusal("")).toBe("passwordTooShort");
    expect(refusal(`${"ab c".repeat(32)}d`)).toBe("passwordTooLong");
  });

  it.each([
    "passwordpassword",
    "PasswordPassword",
    "1qaz2wsx3edc4rfv",
    "q1w2e3r4t5y6u7i8",
    "manchesterunited",
    "aaaaaaaaaaaaaaaa",
    "tollgatetollgate",
    "abcabcabcabcabcabc",
    "abcdefghijklmnop",
    "zyxwvutsrqponmlkji",
    "qwertyuiopasdfghjkl",
    "12345678901234567",
  ])("%j is too common", (password) => {
    expect(refusal(password)).toBe("passwordCommon");
  });

  it.each([
    "ada.lovelace@example.com",
    "ada.lovelace2026!",
    "Tollgate-Tollgate-1",
    "example tollgate 1",
    "tollgatepassword!",
  ])("%j is what anyone would guess", (password) => {
    expect(refusal(password)).toBe("passwordGuessable");
  });
});
