import type pg from "pg";
import { log } from "@/lib/log";

const EVERY_MS = 60_000;
const FLUSH_MS = 1_000;
/** Beyond this many keys the oldest marks are forgotten; the next use of such a key is then written at once. */
const MAX_KEYS = 100_000;

/** When each key was last used and by what: in memory, written at most once a minute per key. */
export class LastUsed {
  private readonly writtenAt = new Map<string, number>();
  private due = new Map<string, string>();
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly pool: pg.Pool) {}

  start(): void {
    this.timer = setInterval(() => void this.flush(), FLUSH_MS);
    this.timer.unref();
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.flush();
  }

  touch(keyId: string, client: string, nowMs: number): void {
    const written = this.writtenAt.get(keyId);
    if (written !== undefined && nowMs - written < EVERY_MS) return;
    this.writtenAt.delete(keyId);
    this.writtenAt.set(keyId, nowMs);
    this.due.set(keyId, client);
    if (this.writtenAt.size > MAX_KEYS) {
      const [oldest] = this.writtenAt.keys();
      if (oldest !== undefined) this.writtenAt.delete(oldest);
    }
  }

  private async flush(): Promise<void> {
    if (this.due.size === 0) return;
    const due = this.due;
    this.due = new Map();
    try {
      // In the order of the ids, so that two gateways never wait for each other in a circle.
      await this.pool.query(
        `UPDATE keys k SET last_used_at = now(), last_client = d.client
          FROM (SELECT * FROM unnest($1::text[], $2::text[]) AS u(id, client) ORDER BY id) d
          WHERE k.id = d.id AND (k.last_used_at IS NULL OR k.last_used_at < now() - interval '60 seconds')`,
        [[...due.keys()], [...due.values()]],
      );
    } catch (error) {
      for (const keyId of due.keys()) this.writtenAt.delete(keyId);
      log.warn({ err: (error as Error).message }, "last use of keys not written");
    }
  }
}
