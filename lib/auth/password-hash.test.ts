import { describe, expect, it } from "vitest";
import { checkPassword, hashPassword } from "@/lib/auth/password-hash";

describe("a password's hash", () => {
  it("is argon2id at 19 MiB and two passes, salted, and checked exactly as typed", async () => {
    const first = await hashPassword("violet anchor drumming");
    const second = await hashPassword("violet anchor drumming");
    expect(first).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(first).not.toBe(second);
    expect(await checkPassword(first, "violet anchor drumming")).toBe(true);
    for (const wrong of ["Violet anchor drumming", "violet anchor drumming ", "violet anchor drummin", ""]) {
      expect(await checkPassword(first, wrong)).toBe(false);
    }
    const long = "x".repeat(127);
    expect(await checkPassword(await hashPassword(`${long}y`), `${long}z`)).toBe(false);
  }, 30_000);

  it("fits nothing where there is no account, not even the dummy's own password", async () => {
    expect(await checkPassword(null, "no account has this password")).toBe(false);
    expect(await checkPassword(null, "")).toBe(false);
  });

  it("survives a flood, in turn", async () => {
    const hash = await hashPassword("violet anchor drumming");
    const tries = Array.from({ length: 40 }, (_, index) =>
      checkPassword(index % 2 ? hash : null, "violet anchor drumming"),
    );
    const fits = await Promise.all(tries);
    expect(fits.filter(Boolean)).toHaveLength(20);
  }, 30_000);
});
