/**
 * The load, in a process of its own. `closed`: each client sends its next call when the last one has been answered.
 * `open`: calls leave at fixed times whatever became of the earlier ones, and are timed from when they were due, so
 * that a stall counts for every call that it delayed.
 */
import { percentiles, RawClient, requestBytes } from "./raw-client.mjs";

function closedLoop({ port, request, clients, forMs }) {
  const bytes = requestBytes(request);
  const times = [];
  let failed = 0;
  const startedMs = performance.now();
  return new Promise((resolve) => {
    let running = clients;
    for (let i = 0; i < clients; i++) {
      let sentMs = 0;
      const client = new RawClient(port, (status) => {
        const now = performance.now();
        if (status === 200) times.push(now - sentMs);
        else failed += 1;
        if (now - startedMs < forMs && status !== 0) {
          sentMs = now;
          client.send(bytes);
          return;
        }
        client.close();
        if (--running > 0) return;
        const tookMs = now - startedMs;
        resolve({
          calls: times.length,
          failed,
          perSecond: (times.length / tookMs) * 1_000,
          ...percentiles(times),
        });
      });
      sentMs = performance.now();
      client.send(bytes);
    }
  });
}

function openLoop({ port, request, perSecond, forMs }) {
  const bytes = requestBytes(request);
  const idle = [];
  const times = [];
  let failed = 0;
  let open = 0;
  const make = () => {
    const one = { client: null, dueMs: 0 };
    one.client = new RawClient(port, (status) => {
      open -= 1;
      if (status === 200) times.push(performance.now() - one.dueMs);
      else failed += 1;
      if (status !== 0) idle.push(one);
    });
    return one;
  };
  const everyMs = 1_000 / perSecond;
  const total = Math.round(forMs / everyMs);
  const startedMs = performance.now() + 5;
  let sent = 0;
  return new Promise((resolve) => {
    const timer = setInterval(() => {
      const now = performance.now();
      while (sent < total && startedMs + sent * everyMs <= now) {
        const one = idle.pop() ?? make();
        // Timers here are whole milliseconds: that is this process's lateness, not the answer's, unless it is more.
        const dueMs = startedMs + sent * everyMs;
        one.dueMs = now - dueMs < 2 ? now : dueMs;
        open += 1;
        sent += 1;
        one.client.send(bytes);
      }
      if (sent < total || open > 0) return;
      clearInterval(timer);
      for (const one of idle) one.client.close();
      resolve({ calls: times.length, failed, perSecond, ...percentiles(times) });
    }, 1);
  });
}

process.on("message", async (message) => {
  const cpu = process.cpuUsage();
  const result = await (message.kind === "open" ? openLoop(message) : closedLoop(message));
  const { user, system } = process.cpuUsage(cpu);
  process.send?.({ ...result, cpuMs: (user + system) / 1_000 });
});
process.on("disconnect", () => process.exit(0));
process.send?.({ port: 0 });
