/** Something that wants to look at the clock now and then, such as a call with a deadline. */
export interface Ticking {
  tick(nowMs: number): void;
}

/** One timer for all open calls, instead of several for each: their deadlines are checked every 100 ms. */
export class Ticker {
  private readonly members = new Set<Ticking>();
  private timer: NodeJS.Timeout | undefined;

  start(everyMs = 100): void {
    this.timer = setInterval(() => this.run(), everyMs);
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
    for (const member of this.members) member.tick(now);
  }
}
