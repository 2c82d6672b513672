import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MAX_EVENT_BYTES, SseOverflow, SseParser } from "./sse-parser";

function parse(chunks: (Buffer | string)[]): { data: string; event: string }[] {
  const events: { data: string; event: string }[] = [];
  const parser = new SseParser((data, event) => events.push({ data, event }));
  for (const chunk of chunks) parser.push(Buffer.from(chunk as string));
  return events;
}

const datas = (...chunks: (Buffer | string)[]) => parse(chunks).map((event) => event.data);

describe("an event stream", () => {
  it("gives the data of each event, without the one space after the colon", () => {
    expect(datas("data: a\n\ndata:b\n\ndata:  c\n\n")).toEqual(["a", "b", " c"]);
  });

  it("ends lines with LF, CRLF or CR", () => {
    expect(datas("data: a\r\n\r\ndata: b\r\rdata: c\n\n")).toEqual(["a", "b", "c"]);
  });

  it("skips comments, unknown fields and events without data", () => {
    expect(datas(": ping\n\nid: 7\nretry: 10\ndatax: no\nevent: x\n\ndata\n\n: a\ndata: b\n\n")).toEqual([
      "",
      "b",
    ]);
  });

  it("joins several data lines and names the event", () => {
    expect(parse(["event: delta\ndata: {\ndata: }\n\ndata: x\n\n"])).toEqual([
      { data: "{\n}", event: "delta" },
      { data: "x", event: "" },
    ]);
  });

  it("drops a byte order mark and an event that never ended", () => {
    expect(datas("\ufeffdata: a\n\ndata: b\n")).toEqual(["a"]);
  });

  it("is the same wherever the bytes are split", () => {
    const line = fc.oneof(
      fc.string({ unit: "grapheme" }).map((text) => `data: ${text.replace(/[\r\n]/g, "")}`),
      fc.constant(": comment"),
      fc.constant("event: x"),
      fc.constant(""),
    );
    fc.assert(
      fc.property(
        fc.array(fc.tuple(line, fc.constantFrom("\n", "\r\n", "\r"))),
        fc.array(fc.nat({ max: 400 }), { maxLength: 30 }),
        (lines, cuts) => {
          const bytes = Buffer.from(lines.map(([text, end]) => text + end).join(""));
          const points = [...new Set(cuts.filter((cut) => cut < bytes.length))].sort((a, b) => a - b);
          const pieces = [...points, bytes.length].map((end, i) => bytes.subarray(points[i - 1] ?? 0, end));
          expect(parse(pieces)).toEqual(parse([bytes]));
          expect(parse(Array.from(bytes, (byte) => Buffer.from([byte])))).toEqual(parse([bytes]));
        },
      ),
    );
  });

  it("refuses a line or an event beyond 1 MB", () => {
    const giant = "x".repeat(MAX_EVENT_BYTES);
    expect(() => datas(`data: ${giant}`)).toThrow(SseOverflow);
    const half = "x".repeat(MAX_EVENT_BYTES / 2);
    expect(() => datas(`data: ${half}\ndata: ${half}\n\n`)).toThrow(SseOverflow);
  });
});
