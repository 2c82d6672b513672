import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type BenchWorld, type Gateway, startBenchWorld } from "@/e2e/bench/bench-world";
import { Part } from "@/e2e/bench/part";
import { forgetPeak, peakOf, rssOf } from "@/e2e/bench/process-figures";
import { against, megabytes, ms, report } from "@/e2e/bench/report";

const SIZE_BYTES = 20_000_000;
const MOST_TIMES = 4;

let world: BenchWorld;
let gateway: Gateway;
let load: Part;

beforeAll(async () => {
  world = await startBenchWorld();
  gateway = await world.startGateway();
  load = await Part.start("load.mjs");
});
afterAll(async () => {
  load?.stop();
  await gateway?.stop();
  await world?.stop();
});

const picture = (bytes: number) => ({
  messages: [
    {
      role: "user",
      content: [
        { type: "text", text: "What is this?" },
        { type: "image_url", image_url: { url: `data:image/png;base64,${"iVBORw0K".repeat(bytes / 8)}` } },
      ],
    },
  ],
});
const words = (bytes: number) => ({
  messages: [{ role: "user", content: "tell me more. ".repeat(bytes / 14) }],
  max_tokens: 16,
});

it("what one large request takes", async () => {
  await load.ask({ kind: "closed", port: gateway.port, request: world.call(), clients: 64, forMs: 8_000 });
  const rows: string[][] = [];
  for (const [name, body] of [
    ["a picture in a data URL", picture(SIZE_BYTES)],
    ["plain text", words(SIZE_BYTES)],
  ] as const) {
    await sleep(1_000);
    const before = rssOf(gateway.pid);
    forgetPeak(gateway.pid);
    const beganMs = performance.now();
    const { path, headers, body: text } = world.call(body);
    const answer = await fetch(`http://127.0.0.1:${gateway.port}${path}`, {
      method: "POST",
      headers,
      body: text,
    });
    const tookMs = performance.now() - beganMs;
    expect(answer.status, await answer.text()).toBe(200);
    const times = (peakOf(gateway.pid) - before) / Buffer.byteLength(text);
    rows.push([
      `${megabytes(Buffer.byteLength(text))}: ${name}`,
      megabytes(before),
      megabytes(peakOf(gateway.pid)),
      `${times.toFixed(1)} times (${against(times <= MOST_TIMES, "at most 4")})`,
      ms(tookMs),
    ]);
  }
  report(
    "One large request",
    ["request", "memory before", "at most", "more, by its size", "answered in"],
    rows,
  );
});
