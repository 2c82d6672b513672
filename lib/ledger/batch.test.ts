import { describe, expect, test } from "vitest";
import { isTransient, MicroBatch } from "@/lib/ledger/batch";

const error = (code: string) => Object.assign(new Error(code), { code });
const tick = () => new Promise((resolve) => setTimeout(resolve, 1));

describe("natural batching", () => {
  test("what arrives while one round trip is in flight goes together in the next", async () => {
    const sizes: number[] = [];
    const batch = new MicroBatch<number, number>(
      async (inputs) => {
        sizes.push(inputs.length);
        await tick();
        return inputs.map((n) => n * 2);
      },
      { maxSize: 100, patienceMs: 0 },
    );
    const first = batch.add(1);
    await Promise.resolve();
    await Promise.resolve();
    const rest = Promise.all([2, 3, 4].map((n) => batch.add(n)));
    expect([await first, ...(await rest)]).toEqual([2, 4, 6, 8]);
    expect(sizes).toEqual([1, 3]);
  });

  test("what waits leaves before those who have arrived go on, one batch in flight at a time", async () => {
    const events: string[] = [];
    let open = 0;
    const batch = new MicroBatch<number, number>(
      async (inputs) => {
        open += 1;
        expect(open).toBe(1);
        events.push(`sent ${inputs.join(" ")}`);
        await tick();
        open -= 1;
        return inputs;
      },
      { maxSize: 100, patienceMs: 0 },
    );
    const ask = (n: number) => batch.add(n).then(() => events.push(`told ${n}`));
    const first = ask(1);
    await Promise.resolve();
    await Promise.resolve();
    await Promise.all([first, ask(2), ask(3)]);
    await ask(4);
    expect(events).toEqual(["sent 1", "sent 2 3", "told 1", "told 2", "told 3", "sent 4", "told 4"]);
  });

  test("a batch is never larger than its bound", async () => {
    const sizes: number[] = [];
    const batch = new MicroBatch<number, number>(
      async (inputs) => {
        sizes.push(inputs.length);
        return inputs;
      },
      { maxSize: 3, patienceMs: 0 },
    );
    await Promise.all(Array.from({ length: 7 }, (_, i) => batch.add(i)));
    expect(sizes).toEqual([3, 3, 1]);
  });

  test("one bad member does not fail its neighbours", async () => {
    const batch = new MicroBatch<number, number>(
      async (inputs) => {
        if (inputs.includes(2)) throw error("23505");
        return inputs;
      },
      { maxSize: 100, patienceMs: 0 },
    );
    const results = await Promise.allSettled([1, 2, 3].map((n) => batch.add(n)));
    expect(results.map((r) => r.status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
  });

  test("a member that is retried alone, just as the database is lost, is asked for again and not given up", async () => {
    let down = 1;
    const batch = new MicroBatch<number, number>(
      async (inputs) => {
        if (inputs.includes(2)) throw error("23505");
        if (inputs.length === 1 && inputs[0] === 3 && down-- > 0) throw error("57P01");
        return inputs;
      },
      { maxSize: 100, patienceMs: 60_000 },
    );
    const results = await Promise.allSettled([1, 2, 3].map((n) => batch.add(n)));
    expect(results.map((r) => r.status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
  });

  test("a lost database is asked again until patience ends, in the order of arrival", async () => {
    let down = 3;
    const seen: number[][] = [];
    const batch = new MicroBatch<number, number>(
      async (inputs) => {
        if (down > 0) {
          down -= 1;
          throw error("57P01");
        }
        seen.push(inputs);
        return inputs;
      },
      { maxSize: 100, patienceMs: 60_000 },
    );
    expect(await Promise.all([1, 2].map((n) => batch.add(n)))).toEqual([1, 2]);
    expect(seen).toEqual([[1, 2]]);
    const impatient = new MicroBatch<number, number>(async () => Promise.reject(error("ECONNREFUSED")), {
      maxSize: 9,
      patienceMs: 0,
    });
    await expect(impatient.add(1)).rejects.toThrow("ECONNREFUSED");
  });
});

test.each([
  ["57P01", true],
  ["08006", true],
  ["40001", true],
  ["53300", true],
  ["ECONNREFUSED", true],
  ["23505", false],
  ["22003", false],
  ["P0002", false],
])("%s is worth repeating: %s", (code, transient) => expect(isTransient(error(code))).toBe(transient));
