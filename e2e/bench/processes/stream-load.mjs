/**
 * Many streams at once. Each chunk says when the upstream was due to send it; its lateness is how long after that
 * moment it arrived here.
 */
import { connect } from "node:net";
import { percentiles, requestBytes } from "./raw-client.mjs";

const DUE = /"content":"(\d+\.\d) "/g;
const nowMs = () => performance.timeOrigin + performance.now();

function openStream(port, bytes, onLate) {
  return new Promise((resolve) => {
    let tail = "";
    let chunks = 0;
    const buffer = Buffer.allocUnsafe(65_536);
    const socket = connect({
      port,
      host: "127.0.0.1",
      noDelay: true,
      onread: {
        buffer,
        callback(size) {
          const now = nowMs();
          const text = tail + buffer.latin1Slice(0, size);
          let from = 0;
          for (const match of text.matchAll(DUE)) {
            chunks += 1;
            from = match.index + match[0].length;
            onLate(now - Number(match[1]));
          }
          if (text.includes("[DONE]")) {
            socket.destroy();
            resolve({ chunks, complete: true });
          }
          tail = text.slice(Math.max(from, text.length - 200));
          return true;
        },
      },
    });
    socket.on("error", () => {});
    socket.on("close", () => resolve({ chunks, complete: false }));
    socket.write(bytes);
  });
}

process.on("message", async ({ port, request, streams, overMs }) => {
  const bytes = requestBytes(request);
  const late = [];
  const cpu = process.cpuUsage();
  const all = [];
  for (let i = 0; i < streams; i++) {
    all.push(openStream(port, bytes, (ms) => late.push(ms)));
    if (i % 10 === 9) await new Promise((resolve) => setTimeout(resolve, (overMs / streams) * 10));
  }
  const done = await Promise.all(all);
  const { user, system } = process.cpuUsage(cpu);
  process.send?.({
    complete: done.filter((one) => one.complete).length,
    chunks: late.length,
    cpuMs: (user + system) / 1_000,
    ...percentiles(late),
  });
});
process.on("disconnect", () => process.exit(0));
process.send?.({ port: 0 });
