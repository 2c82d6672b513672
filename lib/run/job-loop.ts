import { log } from "@/lib/log";

/** One piece of timed work. It may run again at any time, and must bear that. */
export interface Job {
  name: string;
  everyMs: number;
  /** A Postgres channel that makes it run at once. */
  channel?: string;
  run: () => Promise<unknown>;
}

/** Runs one job again and again, never twice at once; what it throws is logged and does not stop it. */
export class JobLoop {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;
  private again = false;
  private stopped = true;

  constructor(private readonly job: Job) {}

  start(): void {
    if (!this.stopped) return;
    this.stopped = false;
    this.wake();
  }

  /** Now, or as soon as the run that is under way has ended. */
  wake(): void {
    if (this.stopped) return;
    if (this.running) {
      this.again = true;
      return;
    }
    clearTimeout(this.timer);
    this.running = this.once().finally(() => {
      this.running = undefined;
      if (this.stopped) return;
      const pauseMs = this.again ? 0 : this.job.everyMs;
      this.again = false;
      this.timer = setTimeout(() => this.wake(), pauseMs);
    });
  }

  /** Resolves when the run that is under way has ended. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.running;
  }

  private async once(): Promise<void> {
    try {
      await this.job.run();
    } catch (error) {
      log.error({ job: this.job.name, err: error }, "a job failed and will run again");
    }
  }
}
