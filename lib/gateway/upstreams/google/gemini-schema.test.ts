import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cleanSchema } from "./gemini-schema";

const READ = new Set([
  ..."$ref $anchor $defs type format title description enum items prefixItems minItems maxItems minimum".split(
    " ",
  ),
  ..."maximum anyOf oneOf properties additionalProperties required propertyOrdering".split(" "),
]);

/** Every keyword of a schema, wherever it stands. */
function* keywords(schema: unknown): Generator<string> {
  if (typeof schema !== "object" || schema === null) return;
  for (const [key, value] of Object.entries(schema)) {
    yield key;
    if (key === "enum" || key === "required" || key === "type") continue;
    const inside = key === "properties" || key === "$defs" ? Object.values(value) : [value].flat();
    for (const one of inside) yield* keywords(one);
  }
}

describe("a schema for Gemini", () => {
  it("keeps the shape and drops what is not read, without touching the original", () => {
    const given = {
      $schema: "https://json-schema.org/draft/2020-12/schema",
      type: "object",
      description: "d",
      properties: {
        city: { type: "string", minLength: 1, pattern: "^x", format: "uri", default: "Bern" },
        at: { type: "string", format: "date-time" },
        count: { type: "integer", exclusiveMinimum: 0, exclusiveMaximum: 10, multipleOf: 2 },
        ratio: { type: "number", exclusiveMinimum: 0 },
        tags: { type: "array", items: { type: "string", examples: ["a"] }, uniqueItems: true, maxItems: 3 },
        pair: { type: "array", items: [{ type: "string" }, { type: "number" }] },
        free: { type: "object", additionalProperties: { type: "string", pattern: "x" } },
      },
      required: ["city", "gone"],
      additionalProperties: false,
    };
    const before = JSON.stringify(given);
    expect(cleanSchema(given)).toEqual({
      type: "object",
      description: "d",
      properties: {
        city: { type: "string" },
        at: { type: "string", format: "date-time" },
        count: { type: "integer", minimum: 1, maximum: 9 },
        ratio: { type: "number", minimum: 0 },
        tags: { type: "array", items: { type: "string" }, maxItems: 3 },
        pair: { type: "array", prefixItems: [{ type: "string" }, { type: "number" }] },
        free: { type: "object", additionalProperties: { type: "string" } },
      },
      required: ["city"],
      additionalProperties: false,
    });
    expect(JSON.stringify(given)).toBe(before);
  });

  it("keeps properties that are named like keywords", () => {
    const given = {
      type: "object",
      properties: { pattern: { type: "string" }, $schema: { type: "string" } },
    };
    expect(cleanSchema(given)).toEqual(given);
  });

  it.each([
    [{ const: "a" }, { type: "string", enum: ["a"] }],
    [{ const: 3 }, { type: "number", enum: [3] }],
    [{ const: true }, { type: "boolean" }],
    [
      { type: "string", enum: ["", "a"] },
      { type: "string", enum: ["a"] },
    ],
    [{ type: "string", enum: [""] }, { type: "string" }],
    [
      { type: "string", enum: ["a", null] },
      { type: ["string", "null"], enum: ["a"] },
    ],
    [{ type: "boolean", enum: [true] }, { type: "boolean" }],
    [{ type: "string", nullable: true }, { type: ["string", "null"] }],
    [{ type: ["string", "null"], nullable: true }, { type: ["string", "null"] }],
  ])("writes %j as %j", (given, expected) => {
    expect(cleanSchema(given)).toEqual(expected);
  });

  it("merges what holds all together", () => {
    expect(
      cleanSchema({
        allOf: [
          { type: "object", properties: { a: { type: "string" } }, required: ["a"] },
          { allOf: [{ properties: { b: { const: 1 } }, required: ["b", "a"] }] },
        ],
        description: "both",
      }),
    ).toEqual({
      type: "object",
      description: "both",
      properties: { a: { type: "string" }, b: { type: "number", enum: [1] } },
      required: ["a", "b"],
    });
  });

  it("keeps references to definitions alone, under the name that is read", () => {
    expect(
      cleanSchema({
        type: "object",
        definitions: {
          Node: { type: "object", properties: { next: { $ref: "#/definitions/Node", title: "x" } } },
        },
        properties: {
          root: { $ref: "#/definitions/Node", description: "y" },
          far: { $ref: "other.json#/X" },
        },
      }),
    ).toEqual({
      type: "object",
      $defs: { Node: { type: "object", properties: { next: { $ref: "#/$defs/Node" } } } },
      properties: { root: { $ref: "#/$defs/Node" }, far: {} },
    });
  });

  it("gives nothing but what is read, whatever comes", () => {
    const leaf: fc.Arbitrary<unknown> = fc.oneof(
      fc.jsonValue({ maxDepth: 1 }),
      fc.record(
        {
          type: fc.constantFrom("string", "integer", "object", "array", ["number", "null"]),
          pattern: fc.string({ maxLength: 3 }),
          enum: fc.array(fc.constantFrom("a", 1, null, true), { maxLength: 3 }),
          const: fc.constantFrom("a", 1, null, true, {}),
          format: fc.constantFrom("email", "date"),
          required: fc.array(fc.constantFrom("a", "type", "__proto__"), { maxLength: 2 }),
        },
        { requiredKeys: [] },
      ),
    );
    const around = (inner: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
      fc.record(
        {
          type: fc.constantFrom("object", "array"),
          properties: fc.record({ a: inner, type: inner }, { requiredKeys: [] }),
          required: fc.constant(["a"]),
          items: inner,
          allOf: fc.array(inner, { maxLength: 2 }),
          anyOf: fc.array(inner, { maxLength: 1 }),
          not: inner,
          patternProperties: fc.record({ "^x": inner }),
          $defs: fc.record({ x: inner }),
          exclusiveMinimum: fc.constantFrom(1, true),
        },
        { requiredKeys: [] },
      );
    const schema = fc.oneof(leaf, around(leaf), around(fc.oneof(leaf, around(leaf))));
    fc.assert(
      fc.property(schema, (given) => {
        const clean = cleanSchema(given);
        expect([...keywords(clean)].filter((key) => !READ.has(key))).toEqual([]);
        expect(cleanSchema(clean)).toEqual(clean);
      }),
      { numRuns: 100 },
    );
  });
});
