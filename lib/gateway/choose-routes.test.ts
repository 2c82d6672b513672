import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CatalogRoute } from "@/lib/catalog/types";
import { chooseRoutes } from "./choose-routes";

const make = (id: string, priority: number, weight: number) => ({ id, priority, weight }) as CatalogRoute;

describe("the order of routes", () => {
  it("is by priority, and each route comes once", () => {
    const routes = fc.array(fc.tuple(fc.nat({ max: 3 }), fc.integer({ min: -1, max: 5 })), { maxLength: 8 });
    fc.assert(
      fc.property(
        routes,
        fc.infiniteStream(fc.double({ min: 0, max: 0.999_999, noNaN: true })),
        (given, chance) => {
          const all = given.map(([priority, weight], i) => make(`r${i}`, priority, weight));
          const order = chooseRoutes(all, () => chance.next().value ?? 0);
          expect(new Set(order)).toEqual(new Set(all));
          expect(order.length).toBe(all.length);
          const priorities = order.map((one) => one.priority);
          expect(priorities).toEqual([...priorities].sort((a, b) => a - b));
        },
      ),
    );
  });

  it("follows the weights among equals", () => {
    const all = [make("heavy", 0, 3), make("light", 0, 1), make("later", 1, 9)];
    let heavy = 0;
    let seed = 1;
    const random = () => {
      seed = (seed * 48_271) % 2_147_483_647;
      return seed / 2_147_483_647;
    };
    for (let i = 0; i < 4_000; i++) if (chooseRoutes(all, random)[0]?.id === "heavy") heavy++;
    expect(heavy / 4_000).toBeCloseTo(0.75, 1);
  });
});
