import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cutBytes, scanBody, skeletonText, spliceFields } from "./scan-body";

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
      fc.property(object, fc.constantFrom(undefined, 1, "\t", 4), fc.jsonValue(), (value, space, next) => {
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
      expect(cut).toMatch(/^data:image/);
      expect(cutBytes(found, cut)).toBeGreaterThan(bytes.length - 300);
      expect(cutBytes(found, "data:image/png;cut-000000000000-0")).toBe(0);
      expect(parsed.messages[0].content[1].text).toBe("é");
    }
  });
});
