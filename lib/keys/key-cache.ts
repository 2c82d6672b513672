import type { KeyRecord } from "@/lib/keys/key-record";

export interface KeyCacheOptions {
  /** How long a found key is used before it is looked up again: the bound when a notification is lost. */
  freshMs: number;
  /** How long "no such key" is remembered. */
  missingMs: number;
  maxFound: number;
  maxMissing: number;
  now: () => number;
}

const DEFAULTS: KeyCacheOptions = {
  freshMs: 5_000,
  missingMs: 2_000,
  maxFound: 50_000,
  maxMissing: 10_000,
  now: Date.now,
};

interface Entry {
  record: KeyRecord;
  at: number;
}

/**
 * What was last read about keys, by the digest of the secret in use: least recently used entries go first, lookups
 * of the same digest at the same time are one, and a lookup that a change overtook is made again.
 */
export class KeyCache {
  private readonly found = new Map<string, Entry>();
  private readonly missing = new Map<string, number>();
  private readonly flights = new Map<string, Promise<KeyRecord | null>>();
  private readonly digestsOf = new Map<string, Set<string>>();
  private readonly options: KeyCacheOptions;
  private generation = 0;

  constructor(options: Partial<KeyCacheOptions> = {}) {
    this.options = { ...DEFAULTS, ...options };
  }

  /** What is known and fresh, at once; undefined when `read` must be asked. */
  peek(digest: string): KeyRecord | null | undefined {
    const now = this.options.now();
    const entry = this.found.get(digest);
    if (entry) {
      if (now - entry.at < this.options.freshMs) return entry.record;
      return undefined;
    }
    const since = this.missing.get(digest);
    return since !== undefined && now - since < this.options.missingMs ? null : undefined;
  }

  /** The key behind a digest as `look` finds it, or null. Rejects when `look` does. */
  read(digest: string, look: () => Promise<KeyRecord | null>): Promise<KeyRecord | null> {
    let flight = this.flights.get(digest);
    if (!flight) {
      flight = this.fetch(digest, look).finally(() => this.flights.delete(digest));
      this.flights.set(digest, flight);
    }
    return flight;
  }

  private async fetch(digest: string, look: () => Promise<KeyRecord | null>): Promise<KeyRecord | null> {
    for (let turn = 0; ; turn++) {
      const generation = this.generation;
      const at = this.options.now();
      const record = await look();
      if (generation !== this.generation && turn < 3) continue;
      if (generation === this.generation) this.store(digest, record, at);
      return record;
    }
  }

  private store(digest: string, record: KeyRecord | null, at: number): void {
    this.remove(digest);
    if (!record) {
      this.missing.set(digest, at);
      evict(this.missing, this.options.maxMissing);
      return;
    }
    this.found.set(digest, { record, at });
    let digests = this.digestsOf.get(record.keyId);
    if (!digests) {
      digests = new Set();
      this.digestsOf.set(record.keyId, digests);
    }
    digests.add(digest);
    while (this.found.size > this.options.maxFound) {
      const [oldest] = this.found.keys();
      if (oldest !== undefined) this.remove(oldest);
    }
  }

  private remove(digest: string): void {
    this.missing.delete(digest);
    const entry = this.found.get(digest);
    if (!entry) return;
    this.found.delete(digest);
    const digests = this.digestsOf.get(entry.record.keyId);
    digests?.delete(digest);
    if (digests?.size === 0) this.digestsOf.delete(entry.record.keyId);
  }

  /** A key has changed: every secret of it is looked up anew. */
  drop(keyId: string): void {
    this.generation++;
    for (const digest of this.digestsOf.get(keyId) ?? []) this.remove(digest);
  }

  /** Anything may have changed. */
  dropAll(): void {
    this.generation++;
    this.found.clear();
    this.missing.clear();
    this.digestsOf.clear();
  }

  get size(): { found: number; missing: number } {
    return { found: this.found.size, missing: this.missing.size };
  }
}

function evict(map: Map<string, unknown>, max: number): void {
  while (map.size > max) {
    const [oldest] = map.keys();
    if (oldest === undefined) return;
    map.delete(oldest);
  }
}
