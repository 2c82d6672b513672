import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import { JobLoop } from "@/lib/run/job-loop";

it("runs again and again, never twice at once, also when woken in between", async () => {
  let now = 0;
  let most = 0;
  let runs = 0;
  const loop = new JobLoop({
    name: "test",
    everyMs: 1,
    async run() {
      now += 1;
      most = Math.max(most, now);
      await sleep(5);
      now -= 1;
      runs += 1;
    },
  });
  loop.start();
  for (let i = 0; i < 20; i++) {
    loop.wake();
    await sleep(3);
  }
  await loop.stop();
  const atStop = runs;
  expect(most).toBe(1);
  expect(runs).toBeGreaterThan(4);
  loop.wake();
  await sleep(15);
  expect(runs).toBe(atStop);
});

it("goes on after a failure, and wakes at once instead of waiting for its time", async () => {
  let runs = 0;
  const loop = new JobLoop({
    name: "test",
    everyMs: 60_000,
    async run() {
      runs += 1;
      throw new Error("on purpose");
    },
  });
  loop.start();
  await sleep(5);
  loop.wake();
  await sleep(5);
  await loop.stop();
  expect(runs).toBe(2);
});
