import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import { UpstreamUrl } from "@/lib/catalog/connection-input";
import { openPool } from "./dispatcher";

/** Listens on every address of this machine; nobody may get through to it. */
let canary: Server;
let port = 0;
let connections = 0;

beforeAll(async () => {
  canary = createServer((_, res) => res.end("canary"));
  canary.on("connection", () => connections++);
  await new Promise<void>((resolve) => canary.listen(0, "::", resolve));
  port = (canary.address() as AddressInfo).port;
});
afterAll(() => {
  canary.closeAllConnections();
  canary.close();
});

/** Ways to write this machine, a private network or a cloud's metadata, as hosts of a base URL. */
const HOSTILE = [
  "127.0.0.1",
  "127.1",
  "127.0.1",
  "127.255.255.254",
  "2130706433",
  "017700000001",
  "0177.0.0.1",
  "0177.0.0.01",
  "0x7f000001",
  "0x7f.1",
  "0x7f.0.0.1",
  "0x7F.0x0.0x0.0x1",
  "127.0.0.1.",
  "①②⑦.⓪.⓪.①",
  "127。0。0。1",
  "0",
  "0.0.0.0",
  "0x0",
  "localhost",
  "LOCALHOST",
  "localhost.",
  "foo.localhost",
  "[::1]",
  "[0:0:0:0:0:0:0:1]",
  "[::]",
  "[::ffff:127.0.0.1]",
  "[::ffff:7f00:1]",
  "[::ffff:0:127.0.0.1]",
  "[::127.0.0.1]",
  "[0:0:0:0:0:ffff:127.0.0.1]",
  "[64:ff9b::127.0.0.1]",
  "[64:ff9b::7f00:1]",
  "[64:ff9b:1::7f00:1]",
  "[2002:7f00:1::]",
  "[2002:a00:1::1]",
  "[fe80::1]",
  "[fec0::1]",
  "[fd00::1]",
  "[fd00:ec2::254]",
  "[fc00::1]",
  "[ff02::1]",
  "[::ffff:169.254.169.254]",
  "[::ffff:10.0.0.1]",
  "10.0.0.1",
  "10.255.255.255",
  "012.0.0.1",
  "172.16.0.1",
  "172.31.255.255",
  "192.168.0.1",
  "192.168.1.1",
  "0xc0a80101",
  "3232235777",
  "100.64.0.1",
  "100.100.100.200",
  "169.254.169.254",
  "2852039166",
  "0xa9fea9fe",
  "0251.0376.0251.0376",
  "169.254.170.2",
  "192.0.0.192",
  "198.18.0.1",
  "224.0.0.1",
  "240.0.0.1",
  "255.255.255.255",
];

it("takes no hostile address, however it is written", async () => {
  expect(HOSTILE.length).toBeGreaterThanOrEqual(60);
  const reached: string[] = [];
  await Promise.all(
    HOSTILE.map(async (host) => {
      const read = UpstreamUrl.safeParse(`http://${host}:${port}/v1`);
      if (!read.success) return;
      try {
        const pool = openPool({ baseUrl: read.data, allowPrivate: false });
        try {
          await pool.request({ method: "GET", path: "/", headersTimeout: 2_000 });
          reached.push(host);
        } finally {
          await pool.destroy();
        }
      } catch {
        // Refused, as it should be.
      }
    }),
  );
  expect([reached, connections]).toEqual([[], 0]);
});

it("lets a connection that may have private networks reach this machine, and metadata never", async () => {
  const ask = async (host: string) => {
    const pool = openPool({ baseUrl: `http://${host}:${port}`, allowPrivate: true });
    try {
      const { body } = await pool.request({ method: "GET", path: "/", headersTimeout: 2_000 });
      return await body.text();
    } finally {
      await pool.destroy();
    }
  };
  for (const host of ["127.0.0.1", "localhost", "[::1]"]) expect(await ask(host)).toBe("canary");
  for (const host of ["169.254.169.254", "[fe80::1]", "0.0.0.0", "[64:ff9b::7f00:1]"])
    await expect(ask(host)).rejects.toThrow(/not a public address/);
});
