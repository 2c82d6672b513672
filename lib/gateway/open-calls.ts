/** The model calls in flight, so that a process that is told to stop can wait for them and cut what remains. */
export class OpenCalls {
  private readonly cuts = new Set<() => void>();
  private idle: (() => void)[] = [];

  get size(): number {
    return this.cuts.size;
  }

  /** Enters a call with the way to cut it; the returned function takes it out again. */
  enter(cut: () => void): () => void {
    this.cuts.add(cut);
    return () => {
      if (!this.cuts.delete(cut) || this.cuts.size > 0) return;
      const waiting = this.idle;
      this.idle = [];
      for (const resolve of waiting) resolve();
    };
  }

  /** Resolves when none is left. */
  whenIdle(): Promise<void> {
    if (this.cuts.size === 0) return Promise.resolve();
    return new Promise((resolve) => this.idle.push(resolve));
  }

  /** Ends every call properly, now. */
  cutAll(): void {
    for (const cut of [...this.cuts]) cut();
  }
}
