import { describe, expect, it } from "vitest";
import { arrangeSeries, type ChartPoint, formatTicks, pointTotal, REST_KEY } from "./chart-data";
import { seriesColors } from "./series-colors";

describe("series colours", () => {
  it("are stable by name, whatever the order", () => {
    const one = seriesColors(["gpt-4o", "claude-sonnet", "prod"]);
    const two = seriesColors(["prod", "claude-sonnet", "gpt-4o"]);
    for (const [key, color] of one) expect(two.get(key)).toBe(color);
  });
  it("differ up to eight keys", () => {
    const keys = Array.from({ length: 8 }, (_, index) => `model-${index}`);
    const colors = [...seriesColors(keys).values()];
    expect(new Set(colors).size).toBe(8);
    for (const color of colors) expect(color).toMatch(/^var\(--chart-[1-8]\)$/);
  });
});

describe("arranging series", () => {
  const series = Array.from({ length: 11 }, (_, index) => ({ key: `m${index}`, name: `m${index}` }));
  const points: ChartPoint[] = [
    { id: "a", label: "a", values: Object.fromEntries(series.map(({ key }, index) => [key, BigInt(index)])) },
  ];
  it("joins the small ones and loses nothing", () => {
    const arranged = arrangeSeries(series, points, "Other");
    expect(arranged.series).toHaveLength(8);
    expect(arranged.series.at(-1)).toMatchObject({ key: REST_KEY, total: 0n + 1n + 2n + 3n });
    const [point] = arranged.points;
    expect(point && pointTotal(point, arranged.series)).toBe(55n);
  });
});

describe("names on an axis", () => {
  it("have the same number of decimals, and zero stays zero", () => {
    expect(formatTicks([0n, 5_000_000n, 10_000_000n, 12_000_000n], "usd")).toEqual([
      "$0.00",
      "$0.005",
      "$0.010",
      "$0.012",
    ]);
  });
  it("leave counts as they are", () => {
    expect(formatTicks([0n, 500n], "count")).toEqual(["0", "500"]);
  });
});
