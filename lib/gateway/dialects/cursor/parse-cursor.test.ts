import { describe, expect, it } from "vitest";
import { aModel } from "@/lib/gateway/routing/test-route";
import { parseCursor } from "./parse-cursor";

const parse = (body: unknown) => parseCursor(Buffer.from(JSON.stringify(body)));
const to = { upstreamId: "up", model: aModel("m"), capTokens: null };
const parameters = { type: "object", properties: {} };

describe("what Cursor sends", () => {
  it("is a chat completion, passed on as it came", () => {
    const body = {
      model: "m",
      messages: [{ role: "user", content: "hi" }],
      tools: [{ type: "function", function: { name: "look", parameters } }],
      tool_choice: "auto",
    };
    const request = parse(body);
    expect([request.dialect, request.hasTools, request.stream]).toEqual(["chat", true, false]);
    expect(JSON.parse(request.rewrite(to).toString())).toEqual({ ...body, model: "up" });
  });

  it("is a chat completion with some tools written flat, which are nested", () => {
    const request = parse({
      model: "m",
      messages: [{ role: "user", content: "hi" }],
      tools: [
        { type: "function", function: { name: "look", parameters } },
        { type: "function", name: "edit", description: "Edits.", parameters, strict: false },
        {
          type: "custom",
          name: "patch",
          format: { type: "grammar", syntax: "lark", definition: "start: X" },
        },
      ],
      tool_choice: { type: "function", name: "edit" },
    });
    expect(request.hasTools).toBe(true);
    expect(JSON.parse(request.rewrite(to).toString())).toMatchObject({
      tools: [
        { type: "function", function: { name: "look", parameters } },
        { type: "function", function: { name: "edit", description: "Edits.", parameters, strict: false } },
        {
          type: "custom",
          custom: {
            name: "patch",
            format: { type: "grammar", grammar: { syntax: "lark", definition: "start: X" } },
          },
        },
      ],
      tool_choice: { type: "function", function: { name: "edit" } },
    });
  });

  it("is the body of a Responses call, which becomes a chat completion", () => {
    const request = parse({
      model: "m",
      stream: true,
      stream_options: { include_usage: true },
      input: [
        { role: "system", content: "Be brief." },
        { role: "user", content: [{ type: "input_text", text: "hi" }] },
      ],
      tools: [{ type: "function", name: "edit", parameters, strict: false }],
      include: ["reasoning.encrypted_content"],
    });
    expect([request.dialect, request.stream, request.hasTools]).toEqual(["chat", true, true]);
    const chat = JSON.parse(request.rewrite(to).toString());
    expect(chat).toMatchObject({
      model: "up",
      stream: true,
      messages: [{ role: "system" }, { role: "user" }],
      tools: [{ type: "function", function: { name: "edit" } }],
    });
    expect(chat.input).toBeUndefined();
  });

  it("is refused by name where it is neither", () => {
    expect(() => parse({ model: "m" })).toThrow(/messages/);
    expect(() => parseCursor(Buffer.from("{"))).toThrow();
  });
});
