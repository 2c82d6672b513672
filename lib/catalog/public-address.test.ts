import { describe, expect, it } from "vitest";
import { mayConnect } from "./public-address";

describe("where an upstream may be", () => {
  it("is the internet", () => {
    for (const address of ["1.1.1.1", "93.184.216.34", "2606:4700::1111", "::ffff:1.1.1.1"]) {
      expect([address, mayConnect(address, false)]).toEqual([address, true]);
    }
  });

  it("is this machine or a private network only where that is allowed", () => {
    for (const address of [
      "127.0.0.1",
      "127.9.9.9",
      "10.1.2.3",
      "172.16.0.1",
      "192.168.1.1",
      "100.64.0.1",
      "::1",
      "[::1]",
      "fd00::1",
      "::ffff:127.0.0.1",
      "::ffff:7f00:1",
    ]) {
      expect([address, mayConnect(address, false), mayConnect(address, true)]).toEqual([
        address,
        false,
        true,
      ]);
    }
  });

  it("is never a cloud's metadata, a reserved address, or no address at all", () => {
    for (const address of [
      "169.254.169.254",
      "fe80::1",
      "fe80::1%eth0",
      "0.0.0.0",
      "::",
      "255.255.255.255",
      "224.0.0.1",
      "ff02::1",
      "64:ff9b::7f00:1",
      "2002:7f00:1::",
      "240.0.0.1",
      "",
      "example.com",
    ]) {
      expect([address, mayConnect(address, true)]).toEqual([address, false]);
    }
  });
});
