import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cutBytes, headOfText, restoreBlobs, scanBody, skeletonText, spliceFields } from "./scan-body";

const scan = (text: string) => scanBody(Buffer.from(text));
const splice = (text: string, changes: Record<string, unknown>) => {
  const bytes = Buffer.from(text);
  const json = new Map(Object.entries(changes).map(([name, value]) => [name, JSON.stringify(value)]));
  return spliceFields(bytes, scanBody(bytes), json).toString();
};

describe("the scan of a body", () => {
  it("finds a key that comes twice at the top, also behind an escape, and no deeper one", () => {
    expect(scan('{"model":"a","model":"b"}').duplicate).toBe("model");
    expect(scan('{"model":"a","mod\\u0065l":"b"}').duplicate).toBe("model");
    expect(scan('{"a":{"x":1,"x":2},"b":[{"a":1},{"b":2}],"x":"\\"a\\":"}').duplicate).toBeNull();
  });

  it("replaces single fields and leaves every other byte alone", () => {
    expect(splice('{ "seed": 12345678901234567890, "model" : "a" ,"x":1e400}', { model: "b" })).toBe(
      '{ "seed": 12345678901234567890, "model" : "b" ,"x":1e400}',
    );
    expect(splice('{"model":"a","messages":[]}', { model: "b", max_tokens: 5 })).toBe(
      '{"max_tokens":5,"model":"b","messages":[]}',
    );
  });

  it("agrees with JSON.parse on any object, however it is spaced", () => {
    const object = fc.dictionary(fc.string({ minLength: 1 }), fc.jsonValue(), { minKeys: 1, maxKeys: 6 });
    fc.assert(
      fc.property(object, fc.constantFrom(undefined, 1, "\t", 4), fc.jsonValue(), (value, space, any) => {
        // JSON has no -0.
        const next = JSON.parse(JSON.stringify(any));
        const text = JSON.stringify(value, null, space);
        const found = scan(text);
        const bytes = Buffer.from(text);
        expect([...found.fields.keys()].sort()).toEqual(Object.keys(value).sort());
        expect(found.duplicate).toBeNull();
        for (const [key, range] of found.fields) {
          const part = JSON.parse(bytes.toString("utf8", range.start, range.end));
          expect(JSON.stringify(part)).toBe(JSON.stringify(value[key]));
        }
        const [key = ""] = Object.keys(value);
        expect(JSON.parse(splice(text, { [key]: next }))).toEqual({ ...JSON.parse(text), [key]: next });
        if (!Object.hasOwn(value, "added key")) {
          expect(JSON.parse(splice(text, { "added key": next }))).toEqual({
            ...JSON.parse(text),
            "added key": next,
          });
        }
      }),
    );
  });

  it("leaves fields out, the last and several at once too, and stays JSON", () => {
    const object = fc.dictionary(fc.stringMatching(/^[a-z]{1,3}$/), fc.jsonValue(), {
      minKeys: 1,
      maxKeys: 6,
    });
    fc.assert(
      fc.property(object, fc.constantFrom(undefined, 2), fc.nat(63), (value, space, mask) => {
        const text = JSON.stringify(value, null, space);
        const bytes = Buffer.from(text);
        const gone = Object.keys(value).filter((_, index) => mask & (1 << index));
        const left = spliceFields(bytes, scanBody(bytes), new Map(gone.map((name) => [name, null])));
        const expected = Object.entries(JSON.parse(text)).filter(([name]) => !gone.includes(name));
        expect(JSON.parse(left.toString())).toEqual(Object.fromEntries(expected));
      }),
    );
  });

  it("cuts bare base64 too, and puts long data back where its marks have gone, byte for byte", () => {
    const one = Buffer.alloc(30_000, 7).toString("base64");
    const two = `data:image/png;base64,${Buffer.alloc(20_000, 9).toString("base64")}`;
    const prose = "word ".repeat(5_000);
    const body = { a: [{ source: { type: "base64", data: one } }], b: { url: two }, c: prose };
    const bytes = Buffer.from(JSON.stringify(body));
    const found = scanBody(bytes);
    const parsed = JSON.parse(skeletonText(bytes, found));
    expect(parsed.c).toBe(prose);
    expect(parsed.a[0].source.data.length).toBeLessThan(120);
    const moved = {
      second: parsed.b.url.slice("data:image/png;base64,".length),
      first: parsed.a[0].source.data,
    };
    const restored = JSON.parse(restoreBlobs(JSON.stringify(moved), bytes, found).toString());
    expect(restored).toEqual({ second: two.slice("data:image/png;base64,".length), first: one });
  });

  it("ends on any bytes at all", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => Boolean(scanBody(Buffer.from(bytes)))),
    );
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom("{", "}", '"', "\\", ":", ",", "[", "]", "a") }),
        (text) => Boolean(scan(text)),
      ),
    );
  });

  it("cuts no escape in two, wherever it stands", () => {
    for (let before = 50; before < 70; before++) {
      for (const escaped of ["\\/", "\\u002f", "\\\\"]) {
        const url = `data:${"a".repeat(before)}${escaped}${"A".repeat(20_000)}`;
        const bytes = Buffer.from(`{"x":"${url}"}`);
        const found = scanBody(bytes);
        const parsed = JSON.parse(skeletonText(bytes, found)) as { x: string };
        expect(restoreBlobs(JSON.stringify(parsed), bytes, found).toString()).toSatisfy(
          (text: string) => JSON.parse(text).x === JSON.parse(bytes.toString()).x,
        );
      }
    }
  });

  it("cuts long data URLs out of the text that is parsed, escaped slashes or not", () => {
    for (const slash of ["/", "\\/"]) {
      const url = `data:image${slash}png;base64,${`iVBORw0KGgo${slash}`.repeat(9_000)}`;
      const text = `{"model":"m","messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"${url}"}},{"type":"text","text":"é"}]}]}`;
      const bytes = Buffer.from(text);
      const found = scanBody(bytes);
      const skeleton = skeletonText(bytes, found);
      expect(skeleton.length).toBeLessThan(300);
      const parsed = JSON.parse(skeleton);
      const cut = parsed.messages[0].content[0].image_url.url;
      expect(cut).toMatch(/^data:image\/png;base64,iVBOR/);
      expect(headOfText(cut, 40, bytes, found)).toHaveLength(40);
      const head = headOfText(cut, 5_000, bytes, found).replaceAll("\\", "");
      expect(url.replaceAll("\\", "").startsWith(head)).toBe(true);
      expect(cutBytes(found, cut)).toBeGreaterThan(bytes.length - 300);
      expect(cutBytes(found, "data:image/png;cut-000000000000-0")).toBe(0);
      expect(parsed.messages[0].content[1].text).toBe("é");
    }
  });
});
