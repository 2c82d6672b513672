import { expect, it } from "vitest";
import { fieldChanges } from "./event-changes";

it("says of each field what it was and is", () => {
  const changes = fieldChanges(
    {
      totalBudgetNano: null,
      models: [],
      requestsPerMinute: 60,
      expiresAt: "2030-01-02T03:04:00.000Z",
      name: "a",
    },
    {
      totalBudgetNano: "2500000000",
      models: ["a/*", "b", "c", "d"],
      requestsPerMinute: 12_000,
      expiresAt: null,
      name: "<b>",
    },
  );
  expect(changes).toEqual([
    { field: "totalBudgetNano", from: null, to: "$2.50" },
    { field: "models", from: null, to: "a/*, b, c +1" },
    { field: "requestsPerMinute", from: "60", to: "12,000" },
    { field: "expiresAt", from: "2 Jan 2030, 03:04 UTC", to: null },
    { field: "name", from: "a", to: "<b>" },
  ]);
});

it("bears what it does not know", () => {
  for (const odd of [null, undefined, "text", 7, []]) expect(fieldChanges(odd, odd)).toEqual([]);
  expect(fieldChanges({}, { totalBudgetNano: "lots", expiresAt: "never" })).toEqual([
    { field: "totalBudgetNano", from: null, to: "lots" },
    { field: "expiresAt", from: null, to: "never" },
  ]);
});
