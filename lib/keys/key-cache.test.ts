import { describe, expect, it } from "vitest";
import { KeyCache } from "./key-cache";
import type { KeyRecord } from "./key-record";
import { judgeKey, KeyVerifier } from "./verify-key";

const record = (keyId: string, more: Partial<KeyRecord> = {}): KeyRecord => ({
  keyId,
  workspaceId: "ws_1",
  kind: "inference",
  name: "k",
  models: null,
  ipRanges: [],
  expiresAtMs: null,
  pausedAtMs: null,
  revokedAtMs: null,
  secretEndsAtMs: null,
  ...more,
});

function clocked(options: object = {}) {
  const clock = { at: 0 };
  return { clock, cache: new KeyCache({ now: () => clock.at, ...options }) };
}

describe("the cache of keys", () => {
  it("answers from memory for five seconds and then looks again", async () => {
    const { clock, cache } = clocked();
    await cache.read("d", async () => record("key_1"));
    clock.at = 4_999;
    expect(cache.peek("d")?.keyId).toBe("key_1");
    clock.at = 5_000;
    expect(cache.peek("d")).toBeUndefined();
  });

  it("remembers for a short while that there is no such key", async () => {
    const { clock, cache } = clocked();
    await cache.read("d", async () => null);
    expect(cache.peek("d")).toBeNull();
    clock.at = 2_000;
    expect(cache.peek("d")).toBeUndefined();
  });

  it("looks a digest up once, however many ask", async () => {
    const { cache } = clocked();
    let looks = 0;
    const look = async () => {
      looks++;
      await new Promise((resolve) => setTimeout(resolve, 5));
      return record("key_1");
    };
    await Promise.all(Array.from({ length: 100 }, () => cache.read("d", look)));
    expect(looks).toBe(1);
  });

  it("forgets every secret of a key that changed, and no other", async () => {
    const { cache } = clocked();
    await cache.read("old", async () => record("key_1"));
    await cache.read("new", async () => record("key_1"));
    await cache.read("other", async () => record("key_2"));
    cache.drop("key_1");
    expect([cache.peek("old"), cache.peek("new")]).toEqual([undefined, undefined]);
    expect(cache.peek("other")?.keyId).toBe("key_2");
  });

  it("does not keep what a change overtook while it was read", async () => {
    const { cache } = clocked();
    const answers = [record("key_1"), record("key_1", { revokedAtMs: 1 })];
    const found = await cache.read("d", async () => {
      const answer = answers.shift() ?? null;
      if (answers.length === 1) cache.drop("key_1");
      return answer;
    });
    expect(found?.revokedAtMs).toBe(1);
    expect(cache.peek("d")?.revokedAtMs).toBe(1);
  });

  it("keeps what a failed lookup does not replace, and asks again", async () => {
    const { cache } = clocked();
    await expect(cache.read("d", () => Promise.reject(new Error("no database")))).rejects.toThrow(
      "no database",
    );
    await expect(cache.read("d", async () => record("key_1"))).resolves.toMatchObject({ keyId: "key_1" });
  });

  it("is bounded, for keys and for what is no key", async () => {
    const { cache } = clocked({ maxFound: 10, maxMissing: 5 });
    for (let i = 0; i < 100; i++) {
      await cache.read(`found${i}`, async () => record(`key_${i}`));
      await cache.read(`missing${i}`, async () => null);
    }
    expect(cache.size).toEqual({ found: 10, missing: 5 });
    expect(cache.peek("found99")?.keyId).toBe("key_99");
    cache.dropAll();
    expect(cache.size).toEqual({ found: 0, missing: 0 });
  });
});

describe("a key", () => {
  it("works or is refused by name", () => {
    const now = 1_000;
    const verdict = (more: Partial<KeyRecord>) => {
      const judged = judgeKey(record("key_1", more), now);
      return judged.ok ? "ok" : judged.refusal;
    };
    expect(judgeKey(null, now)).toEqual({ ok: false, refusal: "invalid_api_key" });
    expect(verdict({})).toBe("ok");
    expect(verdict({ expiresAtMs: 1_001, secretEndsAtMs: 1_001 })).toBe("ok");
    expect(verdict({ expiresAtMs: 1_000 })).toBe("api_key_expired");
    expect(verdict({ secretEndsAtMs: 1_000 })).toBe("api_key_expired");
    expect(verdict({ pausedAtMs: 5 })).toBe("api_key_disabled");
    expect(verdict({ revokedAtMs: 5, pausedAtMs: 5, expiresAtMs: 5 })).toBe("invalid_api_key");
    expect(verdict({ kind: "management" })).toBe("wrong_key_type");
  });

  it("that is malformed, or for managing, costs no query", () => {
    const pool = { query: () => Promise.reject(new Error("a query was made")) };
    const verifier = new KeyVerifier(pool as never, [{ version: 1, value: "a-pepper-for-tests" }]);
    for (const secret of [
      "",
      "x",
      "sk-tg-short",
      `sk-tg-${"a".repeat(49)}`,
      "Bearer",
      "sk-proj-1234567890",
    ]) {
      expect(verifier.verify(secret)).toEqual({ ok: false, refusal: "invalid_api_key" });
    }
  });
});
