import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { openText, parseKeyRing, sealText } from "@/lib/crypto";

const v1 = `v1:${randomBytes(32).toString("base64")}`;
const v2 = `v2:${randomBytes(32).toString("base64")}`;
const place = { table: "mails", id: "mail_1" };

describe("sealed texts", () => {
  it("opens what it sealed, whatever the text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(openText("mail-body", place, sealText("mail-body", place, text, v1), v1)).toBe(
          Buffer.from(text).toString(),
        );
      }),
    );
  }, 60_000);

  it("refuses another row, another table, another purpose and any changed byte", () => {
    const sealed = sealText("mail-body", place, "a link", v1);
    expect(() => openText("mail-body", { ...place, id: "mail_2" }, sealed, v1)).toThrow();
    expect(() => openText("mail-body", { ...place, table: "connections" }, sealed, v1)).toThrow();
    expect(() => openText("connection-key", place, sealed, v1)).toThrow();
    for (let index = 0; index < sealed.length; index += 1) {
      const changed = Uint8Array.from(sealed);
      changed[index] = (changed[index] ?? 0) ^ 1;
      expect(() => openText("mail-body", place, changed, v1)).toThrow();
    }
    expect(() => openText("mail-body", place, sealed.subarray(0, 20), v1)).toThrow("not a sealed text");
  });

  it("seals with the first key and still opens what an older one sealed", () => {
    const old = sealText("mail-body", place, "old", v1);
    expect(openText("mail-body", place, old, `${v2},${v1}`)).toBe("old");
    const fresh = sealText("mail-body", place, "new", `${v2},${v1}`);
    expect(openText("mail-body", place, fresh, v2)).toBe("new");
    expect(() => openText("mail-body", place, fresh, v1)).toThrow("no key v2");
  });

  it("never seals the same text twice alike", () => {
    const first = Buffer.from(sealText("mail-body", place, "same", v1)).toString("hex");
    expect(Buffer.from(sealText("mail-body", place, "same", v1)).toString("hex")).not.toBe(first);
  });
});

describe("the key ring", () => {
  it.each(["", undefined, "abc", "v1:", "v1:c2hvcnQ=", `v0:${"A".repeat(44)}`, `v99999:${"A".repeat(44)}`])(
    "refuses %j without repeating it",
    (text) => {
      expect(() => parseKeyRing(text)).toThrow(/TOLLGATE_ENCRYPTION_KEY/);
      if (text && text.length > 3) expect(() => parseKeyRing(text)).not.toThrow(text);
    },
  );
});
