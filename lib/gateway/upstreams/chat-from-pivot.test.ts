import { expect, test } from "vitest";
import { chatFromPivot } from "./chat-from-pivot";

const cached = { cache_control: { type: "ephemeral" } };
const text = (value: string, more: object = {}) => ({ type: "text", text: value, ...more });
const png = { type: "image_url", image_url: { url: "data:image/png;base64,AAAA" } };

test("nothing is left that strict servers refuse, and plain text is plain", () => {
  const tool = { type: "function", function: { name: "f" } };
  expect(
    chatFromPivot({
      model: "m",
      tools: [{ ...tool, ...cached }, tool],
      messages: [
        { role: "system", content: [text("Be kind.", cached), text("Be brief.")] },
        { role: "user", content: [text("Look", cached), { ...png, ...cached }] },
        { role: "assistant", content: "Yes.", reasoning_content: "Hm.", reasoning_details: [{ type: "x" }] },
        { role: "user", content: "Plain" },
      ],
    }),
  ).toEqual({
    model: "m",
    tools: [tool, tool],
    messages: [
      { role: "system", content: "Be kind.\n\nBe brief." },
      { role: "user", content: [text("Look"), png] },
      { role: "assistant", content: "Yes.", reasoning_content: "Hm." },
      { role: "user", content: "Plain" },
    ],
  });
});

test("pictures of several results in a row come after the last of them", () => {
  const result = (id: string, content: unknown) => ({ role: "tool", tool_call_id: id, content });
  const follow = "The pictures follow.";
  const shown = { role: "user", content: [text("Pictures from the results above:"), png, png] };
  expect(
    chatFromPivot({
      messages: [
        result("a", [text("one"), png]),
        { ...result("b", [png]), ...cached },
        result("c", "three"),
        { role: "user", content: "So?" },
      ],
    }).messages,
  ).toEqual([
    result("a", "one"),
    result("b", follow),
    result("c", "three"),
    shown,
    { role: "user", content: "So?" },
  ]);
  expect(chatFromPivot({ messages: [result("a", [png, png])] }).messages).toEqual([
    result("a", follow),
    shown,
  ]);
});

test("a body without messages or tools passes", () => {
  expect(chatFromPivot({ model: "m" })).toEqual({ model: "m" });
});
