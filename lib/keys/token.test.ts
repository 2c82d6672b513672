import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BASE62 } from "@/lib/ids";
import { candidateDigests, digestKey, KEY_LENGTH, makeKey, maskKey, parseKey, parsePeppers } from "./token";

const peppers = parsePeppers("v1:an-old-pepper-for-tests,v2:a-new-pepper-for-tests");

describe("a key", () => {
  it("is 256 bits and a checksum behind a prefix that names its kind", () => {
    for (const [kind, prefix] of [
      ["inference", "sk-tg-"],
      ["management", "mk-tg-"],
    ] as const) {
      const key = makeKey(kind);
      expect(key).toMatch(new RegExp(`^${prefix}[0-9A-Za-z]{49}$`));
      expect(parseKey(key)).toBe(kind);
    }
  });

  it("never comes twice", () => {
    const keys = new Set(Array.from({ length: 2_000 }, () => makeKey("inference")));
    expect(keys.size).toBe(2_000);
  });

  it("has the checksum of CRC-32, most significant digit first", () => {
    const body = `sk-tg-${"0".repeat(43)}`;
    // An independent CRC-32, bit by bit (polynomial 0xEDB88320).
    let crc = 0xffffffff;
    for (const byte of Buffer.from(body)) {
      crc ^= byte;
      for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
    }
    let rest = (crc ^ 0xffffffff) >>> 0;
    let digits = "";
    for (let i = 0; i < 6; i++) {
      digits = BASE62.charAt(rest % 62) + digits;
      rest = Math.floor(rest / 62);
    }
    expect(parseKey(body + digits)).toBe("inference");
  });

  it("does not survive one changed, missing or added character", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: KEY_LENGTH - 1 }),
        fc.constantFrom(...BASE62),
        (position, replacement) => {
          const key = makeKey("inference");
          const changed = key.slice(0, position) + replacement + key.slice(position + 1);
          if (changed !== key) expect(parseKey(changed)).toBeNull();
          expect(parseKey(key.slice(0, position) + key.slice(position + 1))).toBeNull();
          expect(parseKey(key.slice(0, position) + replacement + key.slice(position))).toBeNull();
        },
      ),
    );
  });

  it("of one kind cannot be turned into the other", () => {
    expect(parseKey(makeKey("inference").replace("sk-", "mk-"))).toBeNull();
  });

  it("is told from any other text", () => {
    fc.assert(fc.property(fc.string(), (text) => parseKey(text) === null));
    expect(parseKey(`${makeKey("inference")}\n`)).toBeNull();
  });

  it("is masked to its prefix and last four", () => {
    const key = makeKey("inference");
    expect(maskKey(key)).toEqual({ prefix: "sk-tg-", lastFour: key.slice(-4) });
  });
});

describe("peppers", () => {
  it("are used newest first, and the old ones still find their keys", () => {
    const key = makeKey("inference");
    expect(peppers.map((pepper) => pepper.version)).toEqual([2, 1]);
    const stored = digestKey(key, peppers);
    expect(stored.pepperVersion).toBe(2);
    expect(stored.digest).toHaveLength(32);
    const old = digestKey(
      key,
      peppers.filter((pepper) => pepper.version === 1),
    );
    expect(candidateDigests(key, peppers)).toEqual([stored.digest, old.digest]);
    expect(old.digest.equals(stored.digest)).toBe(false);
  });

  it("are refused when missing, too short, unversioned or repeated, without repeating the value", () => {
    for (const text of [
      undefined,
      "",
      "short",
      "v1:short",
      "hunter2hunter2hunter2",
      "v1:0123456789abcdef,v1:0123456789abcdeg",
    ]) {
      expect(() => parsePeppers(text)).toThrow(/TOLLGATE_KEY_PEPPER/);
      if (text) expect(() => parsePeppers(text)).not.toThrow(text);
    }
  });
});
