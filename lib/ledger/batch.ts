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

type Outcome<Out> = { results: Out[] } | { error: unknown };

/** A batch on its way, and what becomes of it. */
interface Flight<In, Out> {
  batch: Waiting<In, Out>[];
  arrival: Promise<Outcome<Out>>;
}

interface Failed<In, Out> {
  member: Waiting<In, Out>;
  error: unknown;
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
    let flight = this.depart();
    while (flight) {
      const { batch, arrival } = flight;
      const outcome = await arrival;
      if ("results" in outcome) {
        pauseMs = 0;
        // The next batch leaves before the members of this one go on: the database works while they do.
        flight = this.depart();
        tell(batch, outcome.results);
        continue;
      }
      const again = await this.askAgain(batch, outcome.error);
      if (again.length > 0) {
        this.queue.unshift(...dismissImpatient(again));
        pauseMs = Math.min(1_000, pauseMs * 2 || 25);
        await new Promise((resolve) => setTimeout(resolve, pauseMs));
      }
      flight = this.depart();
    }
    this.running = false;
  }

  /** Sends what has arrived, if anything. */
  private depart(): Flight<In, Out> | null {
    if (this.queue.length === 0) return null;
    const batch = this.queue.splice(0, this.options.maxSize);
    return { batch, arrival: this.ask(batch) };
  }

  /** One round trip; never rejects. */
  private async ask(batch: readonly Waiting<In, Out>[]): Promise<Outcome<Out>> {
    this.sent.batches += 1;
    this.sent.members += batch.length;
    try {
      return { results: await this.send(batch.map((one) => one.input)) };
    } catch (error) {
      return { error };
    }
  }

  /**
   * A batch failed as a whole. Where the database was lost, all of it is to be asked for again; else its members are
   * tried one by one. Answers whom to ask for again, and why; everyone else has been told.
   */
  private async askAgain(batch: Waiting<In, Out>[], error: unknown): Promise<Failed<In, Out>[]> {
    if (isTransient(error)) return batch.map((member) => ({ member, error }));
    const [only] = batch;
    if (batch.length === 1 && only) {
      only.reject(error);
      return [];
    }
    const again: Failed<In, Out>[] = [];
    for (const one of batch) {
      const outcome = await this.ask([one]);
      if ("results" in outcome) tell([one], outcome.results);
      else again.push(...(await this.askAgain([one], outcome.error)));
    }
    return again;
  }
}

function tell<In, Out>(batch: readonly Waiting<In, Out>[], results: readonly Out[]): void {
  batch.forEach((one, at) => {
    one.resolve(results[at] as Out);
  });
}

/** Those who still wait; the others are told their errors. */
function dismissImpatient<In, Out>(failed: readonly Failed<In, Out>[]): Waiting<In, Out>[] {
  const now = Date.now();
  const patient: Waiting<In, Out>[] = [];
  for (const { member, error } of failed) {
    if (now - member.since < member.patienceMs) patient.push(member);
    else member.reject(error);
  }
  return patient;
}
