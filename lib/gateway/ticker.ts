import { Crowd, type Placed } from "@/lib/gateway/crowd";

/** Something that wants to look at the clock now and then, such as a call with a deadline. */
export interface Ticking extends Placed {
  tick(nowMs: number): void;
}

const EVERY_MS = 100;

/**
 * One timer for all open calls, instead of several for each. A process that was itself too busy to look at the
 * clock judges nobody until it has read what arrived meanwhile.
 */
export class Ticker {
  private readonly members = new Crowd<Ticking>();
  private timer: NodeJS.Timeout | undefined;
  private lastMs = 0;

  start(): void {
    this.lastMs = performance.now();
    this.timer = setInterval(() => this.run(), EVERY_MS);
    this.timer.unref();
  }

  stop(): void {
    clearInterval(this.timer);
  }

  add(member: Ticking): void {
    this.members.add(member);
  }

  delete(member: Ticking): void {
    this.members.delete(member);
  }

  private run(): void {
    const now = performance.now();
    const late = now - this.lastMs > 2 * EVERY_MS;
    this.lastMs = now;
    if (late) return;
    this.members.each((member) => member.tick(now));
  }
}
