import { expect, it } from "vitest";
import { carriesApiKey } from "./carries-api-key";

it.each([
  [{ authorization: "Bearer sk-tg-x" }, true],
  [{ authorization: "bearer x" }, true],
  [{ "x-api-key": "sk-tg-x" }, true],
  [{ "api-key": "sk-tg-x" }, true],
  [{ authorization: "Basic eDp5" }, false],
  [{ cookie: "a=b", accept: "text/html" }, false],
  [{}, false],
] as [Record<string, string>, boolean][])("%j: %s", (headers, is) => {
  expect(carriesApiKey(new Headers(headers))).toBe(is);
});
