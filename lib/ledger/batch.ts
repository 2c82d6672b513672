/**
 * Natural micro-batching: whatever arrives while one round trip is in flight goes together in the next. A lone
 * caller waits for nothing. Members of a batch are independent; when a batch fails as a whole, they are tried again
 * one by one, so that a bad member cannot fail its neighbours.
 */
export interface BatchOptions {
  /** How many members go in one round trip at most. */
  maxSize: number;
  /** How long a member is retried over a lost database, from its arrival; then it is rejected. `add` may say otherwise. */
  patienceMs: number;
}

interface Waiting<In, Out> {
  input: In;
  since: number;
  patienceMs: number;
  resolve: (value: Out) => void;
  reject: (reason: unknown) => void;
}

/** SQLSTATE classes that say "ask again", and the absence of one: the connection itself failed. */
const TRANSIENT = /^(08|53|57|58|40)/;
const NETWORK = /ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|terminated|timeout|Connection/i;

/** True where the statement may not have run, or its outcome is unknown, and repeating it is the answer. */
export function isTransient(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = (error as { code?: string }).code;
  if (code && /^[0-9A-Z]{5}$/.test(code)) return TRANSIENT.test(code);
  return NETWORK.test(code ?? error.message) || NETWORK.test(error.message);
}

export class MicroBatch<In, Out> {
  private queue: Waiting<In, Out>[] = [];
  private running = false;
  /** Batches sent and members in them, for metrics. */
  readonly sent = { batches: 0, members: 0 };

  constructor(
    private readonly send: (inputs: In[]) => Promise<Out[]>,
    private readonly options: BatchOptions,
  ) {}

  /** Resolves once the member's round trip has committed. Rejects with the member's own error. */
  add(input: In, patienceMs = this.options.patienceMs): Promise<Out> {
    return new Promise((resolve, reject) => {
      this.queue.push({ input, since: Date.now(), patienceMs, resolve, reject });
      if (!this.running) void this.drain();
    });
  }

  private async drain(): Promise<void> {
    this.running = true;
    let pauseMs = 0;
    // Members that arrive in the same turn of the event loop share the first round trip.
    await Promise.resolve();
    while (this.queue.length > 0) {
      const again = await this.deliver(this.queue.splice(0, this.options.maxSize));
      if (again.length === 0) {
        pauseMs = 0;
        continue;
      }
      const now = Date.now();
      const patient = again.filter(({ member }) => now - member.since < member.patienceMs);
      for (const { member, error } of again) {
        if (now - member.since >= member.patienceMs) member.reject(error);
      }
      this.queue.unshift(...patient.map((one) => one.member));
      pauseMs = Math.min(1_000, pauseMs * 2 || 25);
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
    this.running = false;
  }

  /** Sends one batch. Answers whom to ask for again, and why; everyone else has been told. */
  private async deliver(batch: Waiting<In, Out>[]): Promise<{ member: Waiting<In, Out>; error: unknown }[]> {
    this.sent.batches += 1;
    this.sent.members += batch.length;
    let results: Out[];
    try {
      results = await this.send(batch.map((one) => one.input));
    } catch (error) {
      if (isTransient(error)) return batch.map((member) => ({ member, error }));
      const [only] = batch;
      if (batch.length === 1 && only) {
        only.reject(error);
        return [];
      }
      const again: { member: Waiting<In, Out>; error: unknown }[] = [];
      for (const one of batch) again.push(...(await this.deliver([one])));
      return again;
    }
    batch.forEach((one, at) => {
      one.resolve(results[at] as Out);
    });
    return [];
  }
}
