/**
 * The cheapest upstream that Node can be: one canned chat completion over raw sockets, and streams whose chunks carry
 * the moment at which each was due. It takes as little as it can of the processor that it shares with what is measured.
 */
import { createServer } from "node:net";

const COMPLETION = JSON.stringify({
  id: "chatcmpl-bench",
  object: "chat.completion",
  created: 1_700_000_000,
  model: "bench",
  choices: [
    {
      index: 0,
      message: { role: "assistant", content: "Hello! How can I help you today?" },
      finish_reason: "stop",
    },
  ],
  usage: { prompt_tokens: 12, completion_tokens: 9, total_tokens: 21 },
});
const PLAIN = Buffer.from(
  `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(COMPLETION)}\r\n\r\n${COMPLETION}`,
);
const STREAM_HEAD =
  "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n";
const FRAME =
  '{"id":"chatcmpl-bench","object":"chat.completion.chunk","created":1700000000,"model":"bench","choices":';
const STREAM = Buffer.from('"stream":true');
const HEAD_END = Buffer.from("\r\n\r\n");
/** Streams are spread over the slots of one turn, so that they do not all speak at once. */
const TURN_MS = 20;

/** @type {Set<{ socket: import("node:net").Socket, left: number, dueMs: number }>[]} */
const slots = Array.from({ length: TURN_MS }, () => new Set());
let nextSlot = 0;
let clockMs = performance.timeOrigin + performance.now();

const nowMs = () => performance.timeOrigin + performance.now();
const piece = (text) => `${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`;

function beat() {
  const now = nowMs();
  for (; clockMs + 1 <= now; clockMs++) {
    const slot = slots[Math.floor(clockMs) % TURN_MS];
    for (const stream of slot) {
      const content = `${clockMs.toFixed(1)} `;
      let text = piece(
        `data: ${FRAME}[{"index":0,"delta":{"content":"${content}"},"finish_reason":null}]}\n\n`,
      );
      if (--stream.left === 0) {
        slot.delete(stream);
        text += piece(`data: ${FRAME}[{"index":0,"delta":{},"finish_reason":"stop"}]}\n\n`);
        text += piece(
          `data: ${FRAME}[],"usage":{"prompt_tokens":12,"completion_tokens":9,"total_tokens":21}}\n\n`,
        );
        text += `${piece("data: [DONE]\n\n")}0\r\n\r\n`;
      }
      if (stream.socket.writable) stream.socket.write(text, "latin1");
      else slot.delete(stream);
    }
  }
}
setInterval(beat, 1);

function answer(socket, request) {
  if (request.indexOf(STREAM) < 0) {
    socket.write(PLAIN);
    return;
  }
  const wanted = /"max_tokens":(\d+)/.exec(request.toString("latin1"));
  socket.write(STREAM_HEAD);
  slots[nextSlot++ % TURN_MS].add({ socket, left: Number(wanted?.[1] ?? 20) });
}

const server = createServer({ noDelay: true }, (socket) => {
  /** @type {Buffer | null} */
  let waiting = null;
  let skip = 0;
  socket.on("error", () => socket.destroy());
  socket.on("data", (chunk) => {
    // The rest of a large body is counted, never kept.
    if (skip > 0) {
      skip -= chunk.length;
      if (skip <= 0) socket.write(PLAIN);
      return;
    }
    let data = waiting ? Buffer.concat([waiting, chunk]) : chunk;
    waiting = null;
    while (data.length > 0) {
      const headEnd = data.indexOf(HEAD_END);
      if (headEnd < 0) break;
      const length = Number(/content-length: *(\d+)/i.exec(data.toString("latin1", 0, headEnd))?.[1] ?? 0);
      const end = headEnd + 4 + length;
      if (length > 65_536 && end > data.length) {
        skip = end - data.length;
        return;
      }
      if (end > data.length) break;
      answer(socket, data.subarray(headEnd, end));
      data = data.subarray(end);
    }
    if (data.length > 0) waiting = data;
  });
});
server.listen(0, "127.0.0.1", () => process.send?.({ port: server.address().port }));
process.on("disconnect", () => process.exit(0));
