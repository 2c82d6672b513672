import { connect } from "node:net";

const HEAD_END = Buffer.from("\r\n\r\n");
const LAST_CHUNK = Buffer.from("0\r\n\r\n");

/**
 * One keep-alive connection that sends a finished request and reads its answer's end, and nothing more. One buffer
 * serves all its reads.
 */
export class RawClient {
  /** @param {number} port @param {(status: number) => void} done */
  constructor(port, done) {
    this.done = done;
    this.left = -1;
    this.status = 0;
    /** @type {Buffer | null} */
    this.waiting = null;
    this.socket = connect({
      port,
      host: "127.0.0.1",
      noDelay: true,
      onread: {
        buffer: Buffer.allocUnsafe(65_536),
        callback: (size, buffer) => this.read(buffer.subarray(0, size)),
      },
    });
    this.socket.on("error", () => {});
    this.socket.on("close", () => this.finish(0));
    this.busy = false;
  }

  /** @param {Buffer} request */
  send(request) {
    this.busy = true;
    this.socket.write(request);
  }

  /** @param {Buffer} data */
  read(data) {
    if (this.left < 0) {
      const all = this.waiting ? Buffer.concat([this.waiting, data]) : data;
      const headEnd = all.indexOf(HEAD_END);
      if (headEnd < 0) {
        this.waiting = Buffer.from(all);
        return true;
      }
      this.waiting = null;
      const head = all.latin1Slice(0, headEnd).toLowerCase();
      this.status = Number(head.slice(9, 12));
      const length = head.indexOf("content-length: ");
      // Without a length the answer is chunked, and its last piece is empty.
      this.left =
        length < 0 ? Number.POSITIVE_INFINITY : Number.parseInt(head.slice(length + 16, length + 28), 10);
      data = all.subarray(headEnd + 4);
    }
    this.left -= data.length;
    if (this.left <= 0 || (this.left === Number.POSITIVE_INFINITY && endsChunked(data))) {
      this.left = -1;
      this.finish(this.status);
    }
    return true;
  }

  /** @param {number} status */
  finish(status) {
    if (!this.busy) return;
    this.busy = false;
    this.done(status);
  }

  close() {
    this.busy = false;
    this.socket.destroy();
  }
}

/** @param {Buffer} data */
function endsChunked(data) {
  return data.length >= 5 && data.subarray(-5).equals(LAST_CHUNK);
}

/** @param {{ path: string, headers: Record<string, string>, body: string | Buffer }} request */
export function requestBytes({ path, headers, body }) {
  const all = { host: "bench", "content-length": String(Buffer.byteLength(body)), ...headers };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.concat([Buffer.from(`POST ${path} HTTP/1.1\r\n${lines.join("")}\r\n`), Buffer.from(body)]);
}

/** @param {number[]} times in milliseconds */
export function percentiles(times) {
  const sorted = Float64Array.from(times).sort();
  const at = (share) => sorted[Math.floor((sorted.length - 1) * share)] ?? Number.NaN;
  return { p50Ms: at(0.5), p99Ms: at(0.99), maxMs: at(1) };
}
