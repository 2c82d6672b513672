const SLOTS = 6;
const SLOT_MS = 5_000;

/** Successes and failures of the last thirty seconds, in slots of five. */
export class FailureWindow {
  private readonly tried = new Array<number>(SLOTS).fill(0);
  private readonly failed = new Array<number>(SLOTS).fill(0);
  private newest = 0;

  note(failed: boolean, nowMs: number): void {
    this.forget(nowMs);
    const slot = this.newest % SLOTS;
    this.tried[slot] = (this.tried[slot] ?? 0) + 1;
    if (failed) this.failed[slot] = (this.failed[slot] ?? 0) + 1;
  }

  read(nowMs: number): { tried: number; failed: number } {
    this.forget(nowMs);
    const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0);
    return { tried: sum(this.tried), failed: sum(this.failed) };
  }

  clear(): void {
    this.tried.fill(0);
    this.failed.fill(0);
  }

  private forget(nowMs: number): void {
    const slot = Math.floor(nowMs / SLOT_MS);
    if (slot - this.newest >= SLOTS) this.clear();
    else {
      for (let at = this.newest + 1; at <= slot; at++) {
        this.tried[at % SLOTS] = 0;
        this.failed[at % SLOTS] = 0;
      }
    }
    this.newest = Math.max(this.newest, slot);
  }
}
