import { hostname } from "node:os";
import type pg from "pg";
import { newId } from "@/lib/ids";
import { log } from "@/lib/log";

const HEARTBEAT_MS = 2_000;

/**
 * This process in `gateway_instances`: holds name it, and the reaper settles those whose heart has stopped
 * beating. A row that vanished meanwhile (a restored database) is written anew.
 */
export class Instance {
  readonly id = newId("gw");
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly pool: pg.Pool) {}

  /** Rejects when the row cannot be written: without it no call may be held. */
  async start(): Promise<void> {
    await this.beat();
    this.timer = setInterval(() => {
      this.beat().catch((error: Error) => log.warn({ err: error.message }, "heartbeat not written"));
    }, HEARTBEAT_MS);
  }

  /** Every hold has been settled; what is still open is the reaper's. */
  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.pool.query("UPDATE gateway_instances SET stopped_at = now() WHERE id = $1", [this.id]);
  }

  private async beat(): Promise<void> {
    await this.pool.query(
      `INSERT INTO gateway_instances (id, pid, host) VALUES ($1, $2, $3)
        ON CONFLICT (id) DO UPDATE SET heartbeat_at = now()`,
      [this.id, process.pid, hostname()],
    );
  }
}
