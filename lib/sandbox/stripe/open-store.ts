import { mkdirSync, readFileSync } from "node:fs";
import { open, rename } from "node:fs/promises";
import { dirname } from "node:path";
import type { State } from "@/lib/sandbox/stripe/types";

export interface Store {
  state: State;
  /** Resolves when everything changed up to now is on disk. Calls that come together share one write. */
  save(): Promise<void>;
}

/** Without a prototype, so that an id such as `constructor` finds nothing. */
function table<T>(rows: Record<string, T> = {}): Record<string, T> {
  return Object.assign(Object.create(null), rows);
}

function stateFrom(saved: Partial<State>): State {
  return {
    version: 1,
    customers: table(saved.customers),
    products: table(saved.products),
    prices: table(saved.prices),
    sessions: table(saved.sessions),
    paymentIntents: table(saved.paymentIntents),
    paymentMethods: table(saved.paymentMethods),
    charges: table(saved.charges),
    refunds: table(saved.refunds),
    disputes: table(saved.disputes),
    invoices: table(saved.invoices),
    portalConfigurations: table(saved.portalConfigurations),
    portalSessions: table(saved.portalSessions),
    events: table(saved.events),
    deliveries: table(saved.deliveries),
    replies: table(saved.replies),
  };
}

/**
 * The state in memory, mirrored to `file`: written beside it, flushed and renamed over it, so that a crash
 * leaves the old state or the new one. Throws when the file exists but cannot be read as a state.
 */
export function openStore(file: string | undefined): Store {
  if (!file) return { state: stateFrom({}), save: async () => {} };
  mkdirSync(dirname(file), { recursive: true });
  const state = load(file);

  let running: Promise<void> | undefined;
  let next: Promise<void> | undefined;
  const write = async () => {
    const temporary = `${file}.new`;
    const handle = await open(temporary, "w", 0o600);
    try {
      await handle.writeFile(JSON.stringify(state));
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, file);
  };
  const save = (): Promise<void> => {
    if (next) return next;
    // What changed while a write is under way is taken by the one after it.
    const after = (running ?? Promise.resolve()).catch(() => {});
    next = after.then(() => {
      running = next;
      next = undefined;
      return write();
    });
    return next;
  };
  return { state, save };
}

function load(file: string): State {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return stateFrom({});
    throw error;
  }
  const state = JSON.parse(text) as State;
  if (state.version !== 1) throw new Error(`${file} is not a state of this payment stand-in: remove it`);
  return stateFrom(state);
}
