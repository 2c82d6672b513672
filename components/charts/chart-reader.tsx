"use client";

import { type KeyboardEvent, type PointerEvent, type ReactNode, useState } from "react";
import type { SeriesColor } from "./series-colors";
import { SeriesDot } from "./series-dot";

export interface ReadPoint {
  id: string;
  label: string;
  /** The middle of its bar, in percent of the plot. */
  center: number;
  total: string;
  parts: { key: string; name: string; color: SeriesColor; value: string }[];
}

/** Reads a chart one period at a time: under the pointer, or with the arrow keys, Home and End. */
export function ChartReader({
  label,
  points,
  children,
}: {
  label: string;
  points: ReadPoint[];
  children: ReactNode;
}) {
  const [at, setAt] = useState<number | null>(null);
  const point = at === null ? undefined : points[at];
  const last = points.length - 1;

  function onPointerMove(event: PointerEvent<HTMLDivElement>) {
    const box = event.currentTarget.getBoundingClientRect();
    const percent = ((event.clientX - box.left) / box.width) * 100;
    let nearest = 0;
    points.forEach(({ center }, index) => {
      const best = points[nearest];
      if (best && Math.abs(center - percent) < Math.abs(best.center - percent)) nearest = index;
    });
    setAt(nearest);
  }

  function onKeyDown(event: KeyboardEvent) {
    const now = at ?? last;
    const next: Record<string, number | null> = {
      ArrowLeft: Math.max(0, now - 1),
      ArrowRight: Math.min(last, now + 1),
      Home: 0,
      End: last,
      Escape: null,
    };
    const moved = next[event.key];
    if (moved === undefined) return;
    event.preventDefault();
    setAt(moved);
  }

  return (
    <div
      role="slider"
      tabIndex={0}
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={Math.max(0, last)}
      aria-valuenow={at ?? last}
      aria-valuetext={point ? speak(point) : (points[last] && speak(points[last])) || ""}
      className="relative min-w-0 rounded-sm"
      onPointerMove={onPointerMove}
      onPointerLeave={() => setAt(null)}
      onFocus={(event) => event.currentTarget.matches(":focus-visible") && setAt(last)}
      onBlur={() => setAt(null)}
      onKeyDown={onKeyDown}
    >
      {children}
      {point ? (
        <>
          <span
            aria-hidden="true"
            className="pointer-events-none absolute inset-y-0 w-px bg-ink/30"
            style={{ left: `${point.center}%` }}
          />
          <div
            aria-hidden="true"
            className="pointer-events-none absolute top-1 z-20 min-w-36 max-w-64 rounded-md border bg-raised px-2.5 py-2 text-xs shadow-float"
            style={
              point.center > 50
                ? { right: `calc(${100 - point.center}% + 8px)` }
                : { left: `calc(${point.center}% + 8px)` }
            }
          >
            <p className="flex justify-between gap-4 font-medium">
              <span>{point.label}</span>
              <span className="num">{point.total}</span>
            </p>
            {point.parts.length > 0 ? (
              <ul className="mt-1 grid gap-0.5 text-ink-2">
                {point.parts.map((part) => (
                  <li key={part.key} className="flex items-center gap-1.5">
                    <SeriesDot color={part.color} />
                    <span className="min-w-0 flex-1 truncate">{part.name}</span>
                    <span className="num">{part.value}</span>
                  </li>
                ))}
              </ul>
            ) : null}
          </div>
        </>
      ) : null}
    </div>
  );
}

function speak(point: ReadPoint): string {
  const parts = point.parts.map(({ name, value }) => `${name} ${value}`);
  return [`${point.label}: ${point.total}`, ...parts].join(", ");
}
