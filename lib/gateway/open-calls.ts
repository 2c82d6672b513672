import { Crowd, type Placed } from "@/lib/gateway/crowd";

interface OpenCall extends Placed {
  cut: () => void;
}

/** The model calls in flight, so that a process that is told to stop can wait for them and cut what remains. */
export class OpenCalls {
  private readonly calls = new Crowd<OpenCall>();
  private idle: (() => void)[] = [];

  get size(): number {
    return this.calls.size;
  }

  /** Enters a call with the way to cut it; the returned function takes it out again. */
  enter(cut: () => void): () => void {
    const call: OpenCall = { cut, place: -1 };
    this.calls.add(call);
    return () => {
      if (!this.calls.delete(call) || this.calls.size > 0) return;
      const waiting = this.idle;
      this.idle = [];
      for (const resolve of waiting) resolve();
    };
  }

  /** Resolves when none is left. */
  whenIdle(): Promise<void> {
    if (this.calls.size === 0) return Promise.resolve();
    return new Promise((resolve) => this.idle.push(resolve));
  }

  /** Ends every call properly, now. */
  cutAll(): void {
    this.calls.each(({ cut }) => cut());
  }
}
