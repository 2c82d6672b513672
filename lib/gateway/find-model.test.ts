import { describe, expect, it } from "vitest";
import { buildAliases } from "@/lib/catalog/build-aliases";
import type { CatalogSnapshot } from "@/lib/catalog/types";
import { aModel } from "@/lib/gateway/routing/test-route";
import type { KeyRecord } from "@/lib/keys/key-record";
import { ModelAllowList } from "@/lib/keys/model-patterns";
import { findModel, lookUpModel, modelsFor } from "./find-model";

const models = new Map(
  ["openai/gpt-4o", "claude-sonnet", "gemini"].map((id) => [
    id,
    aModel(id, { sort: id === "gemini" ? -1 : 0 }),
  ]),
);
const snapshot: CatalogSnapshot = {
  version: "1",
  models,
  aliases: buildAliases(
    [{ facts: aModel("auto"), strategy: "priority" }],
    [{ aliasId: "auto", modelId: "claude-sonnet" }],
    models,
  ),
};
const key = (allowed?: string[]) =>
  ({ models: allowed ? new ModelAllowList(allowed) : null }) as unknown as KeyRecord;

describe("finding a model", () => {
  it("lists models and aliases in the operator's order, as far as the key goes", () => {
    const ids = (of: KeyRecord | null) => modelsFor(snapshot, of).map(({ id }) => id);
    expect(ids(null)).toEqual(["gemini", "auto", "claude-sonnet", "openai/gpt-4o"]);
    expect(ids(key(["openai/*", "auto"]))).toEqual(["auto", "openai/gpt-4o"]);
  });

  it("goes through an alias, also for a key that may use only that", () => {
    expect(findModel(snapshot, key(["auto"]), "auto").id).toBe("claude-sonnet");
    expect(lookUpModel(snapshot, key(["auto"]), "auto")).toBe(snapshot.aliases.get("auto"));
    for (const [allowed, id] of [
      [["auto"], "claude-sonnet"],
      [["claude-sonnet"], "auto"],
    ] as const)
      expect(() => findModel(snapshot, key([...allowed]), id)).toThrow(/may not use/);
  });

  it("names the nearest ids, and none that the key may not use", () => {
    expect(() => findModel(snapshot, key(), "gpt-4o")).toThrow(/Did you mean openai\/gpt-4o\?/);
    expect(() => findModel(snapshot, key(), "autoo")).toThrow(/auto/);
    expect(() => findModel(snapshot, key(["gemini"]), "gpt-4o")).toThrow(/GET \/v1\/models/);
    expect(() => findModel(snapshot, key(), "constructor")).toThrow(/no model/);
    expect(() => findModel(snapshot, key(), "x".repeat(100_000))).toThrow(/no model/);
  });
});
