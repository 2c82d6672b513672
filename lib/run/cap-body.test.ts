import { createServer, request as send } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { capBody } from "./cap-body";

const LIMIT_BYTES = 100_000;
const read: string[] = [];

const server = createServer((request, response) => {
  capBody(request, LIMIT_BYTES, () => response.writeHead(413, { connection: "close" }).end());
  let text = "";
  request.on("data", (chunk) => {
    text += chunk;
  });
  request.on("end", () => {
    read.push(text);
    response.end();
  });
  request.on("error", () => undefined);
});
beforeAll(() => new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve)));
afterAll(() => server.close());

function post(parts: string[]): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const { port } = server.address() as AddressInfo;
    const sent = send({ port, host: "127.0.0.1", method: "POST" }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    sent.on("error", reject);
    for (const part of parts) sent.write(part);
    sent.end();
  });
}

describe("a body without a length", () => {
  it("arrives whole up to the limit", async () => {
    expect(await post(["a".repeat(60_000), "b".repeat(40_000)])).toBe(200);
    expect(read).toEqual(["a".repeat(60_000) + "b".repeat(40_000)]);
  });

  it("is answered 413 beyond it, and never looks like a shorter one", async () => {
    read.length = 0;
    expect(await post(Array.from({ length: 100 }, () => "c".repeat(60_000)))).toBe(413);
    expect(read).toEqual([]);
    expect(await post(["d"])).toBe(200);
  });
});
