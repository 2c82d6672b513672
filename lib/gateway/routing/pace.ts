/** How much the newest measure counts. */
const NEWEST = 0.3;
/** After this long without a measure the remembered time counts half, so that a slow route is tried again. */
const HALF_LIFE_MS = 300_000;

/** A moving average of the time until an answer begins, milliseconds. */
export class Pace {
  private averageMs: number | null = null;
  private measuredAtMs = 0;

  note(ms: number, nowMs: number): void {
    this.averageMs = this.averageMs === null ? ms : this.averageMs * (1 - NEWEST) + ms * NEWEST;
    this.measuredAtMs = nowMs;
  }

  /** What to expect; 0 where nothing is known, so that everything is measured once. */
  expectMs(nowMs: number): number {
    if (this.averageMs === null) return 0;
    return this.averageMs * 0.5 ** (Math.max(0, nowMs - this.measuredAtMs) / HALF_LIFE_MS);
  }
}
