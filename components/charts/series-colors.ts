const SLOTS = 8;

/** A CSS colour of the chart palette, for `style={{ background: color }}` or `fill`. */
export type SeriesColor = `var(--chart-${number | "rest"})`;

export const REST_COLOR: SeriesColor = "var(--chart-rest)";

/**
 * A colour for each key, the same on every page: its own slot by name, the next free one where two names meet.
 * Past eight keys, the last ones (by name) share the colour of the rest.
 */
export function seriesColors(keys: readonly string[]): Map<string, SeriesColor> {
  const taken = new Set<number>();
  const colors = new Map<string, SeriesColor>();
  for (const key of [...new Set(keys)].sort()) {
    if (taken.size === SLOTS) {
      colors.set(key, REST_COLOR);
      continue;
    }
    let slot = slotOf(key);
    while (taken.has(slot)) slot = (slot + 1) % SLOTS;
    taken.add(slot);
    colors.set(key, `var(--chart-${slot + 1})`);
  }
  return colors;
}

/** FNV-1a, folded to a slot. */
function slotOf(key: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < key.length; index += 1) {
    hash = Math.imul(hash ^ key.charCodeAt(index), 0x01000193) >>> 0;
  }
  return ((hash ^ (hash >>> 16)) >>> 0) % SLOTS;
}
