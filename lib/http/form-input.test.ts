import { describe, expect, it } from "vitest";
import { z } from "zod";
import { fieldMessage } from "@/lib/http/field-message";
import { formInput } from "@/lib/http/form-input";

describe("a form's input", () => {
  it("keeps single values, lists repeated ones and leaves the framework's own out", () => {
    const form = new FormData();
    form.append("name", "prod");
    form.append("model", "a");
    form.append("model", "b");
    form.append("$ACTION_REF_1", "");
    form.append("__proto__", "x");
    expect(formInput(form)).toEqual({ name: "prod", model: ["a", "b"] });
    expect(formInput({ id: "key_1" })).toEqual({ id: "key_1" });
    for (const input of [null, undefined, "x", 1, []]) expect(formInput(input)).toEqual({});
  });
});

describe("the message by a field", () => {
  const catalogue = new Set([
    "required",
    "tooShort",
    "tooLong",
    "tooSmall",
    "tooLarge",
    "unknownChoice",
    "invalid",
  ]);
  catalogue.add("notANumber").add("invalidEmail").add("ownWords");
  const translate = (key: string, values = {}) =>
    catalogue.has(key) ? `${key} ${JSON.stringify(values)}` : null;
  const first = (schema: z.ZodType, value: unknown) => {
    const issue = schema.safeParse(value).error?.issues[0];
    return issue ? fieldMessage(issue, translate) : null;
  };

  it.each([
    [z.string().min(1), "", 'required {"min":1}'],
    [z.string(), undefined, "required {}"],
    [z.string().min(3), "ab", 'tooShort {"min":3}'],
    [z.string().max(3), "abcd", 'tooLong {"max":3}'],
    [z.coerce.number(), "abc", "notANumber {}"],
    [z.coerce.number().int(), "1.5", "notANumber {}"],
    [z.number().min(5), 4, 'tooSmall {"min":5}'],
    [z.number().max(5), 6, 'tooLarge {"max":5}'],
    [z.enum(["a", "b"]), "c", "unknownChoice {}"],
    [z.array(z.string()).min(1), [], 'required {"min":1}'],
    [z.email(), "x", "invalidEmail {}"],
    [z.string().regex(/^a/), "b", "invalid {}"],
    [z.string().refine(() => false, "ownWords"), "b", "ownWords {}"],
    [z.string().min(2, "ownWords"), "b", 'ownWords {"min":2}'],
  ] as [z.ZodType, unknown, string][])("%# says what is wrong", (schema, value, message) => {
    expect(first(schema, value)).toBe(message);
  });
});
