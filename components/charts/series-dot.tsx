import type { SeriesColor } from "./series-colors";

/** The colour of a model or key beside its name, the same as in the chart. */
export function SeriesDot({ color }: { color: SeriesColor }) {
  return <span aria-hidden="true" className="size-2 shrink-0 rounded-xs" style={{ background: color }} />;
}
