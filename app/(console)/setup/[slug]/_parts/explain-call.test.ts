import { expect, it } from "vitest";
import { explainCall } from "./explain-call";

it.each([
  ["not_found", 404, "path"],
  ["model_not_found", 404, "model"],
  ["insufficient_quota", 403, "credit"],
  ["ip_not_allowed", 403, "address"],
  ["upstream_timeout", 504, "upstream"],
  ["something_new", 418, "other"],
  [null, 200, null],
] as const)("%s with %i is %s", (errorCode, httpStatus, trouble) => {
  expect(explainCall({ errorCode, httpStatus, outcome: "refused" })).toBe(trouble);
});
