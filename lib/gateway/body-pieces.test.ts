import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { BodyPieces } from "@/lib/gateway/body-pieces";

const body = randomBytes(100_000);

function cut(sizes: readonly number[]): Buffer[] {
  const pieces: Buffer[] = [];
  let at = 0;
  for (const size of sizes) {
    pieces.push(body.subarray(at, at + size));
    at += size;
  }
  return pieces;
}

test.each([
  ["in one", [100_000], 100_000],
  ["in two", [10, 99_990], 100_000],
  ["in many", Array.from({ length: 100 }, () => 1_000), 100_000],
  ["with nothing declared", Array.from({ length: 10 }, () => 10_000), 0],
  ["with less declared than came", Array.from({ length: 10 }, () => 10_000), 45_000],
  ["with more declared than came", Array.from({ length: 10 }, () => 10_000), 300_000],
  ["with much more declared", [60_000, 40_000], 5_000_000],
])("a body that came %s is the same", (_, sizes, declared) => {
  const pieces = new BodyPieces(declared);
  for (const piece of cut(sizes)) pieces.add(piece);
  expect(pieces.sizeBytes).toBe(100_000);
  expect(pieces.take().equals(body)).toBe(true);
});

test("an empty body is empty", () => expect(new BodyPieces(0).take().length).toBe(0));

test("a small body is the very piece that came", () => {
  const pieces = new BodyPieces(100_000);
  pieces.add(body);
  expect(pieces.take()).toBe(body);
});
