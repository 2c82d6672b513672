import pg from "pg";
import { env } from "@/lib/env";
import { log } from "@/lib/log";

/** Of all advisory locks of this database, the worker's. */
const LOCK_KEY = 7_460_331_912;
const LOOK_MS = 1_000;

export interface LeadershipOptions {
  /** Channels to listen on while leading, and what to do. */
  channels: Readonly<Record<string, () => void>>;
  onGain: () => void;
  onLoss: () => Promise<void>;
}

/**
 * One active worker of any number: it holds an advisory lock in a session of its own. When that session ends, for
 * whatever reason, the lock is free and this worker stops leading at once.
 */
export class Leadership {
  private client: pg.Client | undefined;
  private timer: NodeJS.Timeout | undefined;
  private leading = false;
  private stopped = false;

  constructor(private readonly options: LeadershipOptions) {}

  start(): void {
    void this.look();
  }

  isLeading(): boolean {
    return this.leading;
  }

  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.lose();
  }

  private async look(): Promise<void> {
    try {
      const client = this.client ?? (await this.connect());
      const { rows } = await client.query<{ got: boolean }>("SELECT pg_try_advisory_lock($1) AS got", [
        LOCK_KEY,
      ]);
      if (rows[0]?.got) {
        for (const channel of Object.keys(this.options.channels)) {
          await client.query(`LISTEN ${pg.escapeIdentifier(channel)}`);
        }
        this.leading = true;
        log.info("this worker leads");
        this.options.onGain();
        return;
      }
    } catch (error) {
      await this.lose();
      log.warn(
        { err: error instanceof Error ? error.message : error },
        "the worker cannot reach the database",
      );
    }
    if (!this.stopped) this.timer = setTimeout(() => void this.look(), LOOK_MS);
  }

  private async connect(): Promise<pg.Client> {
    const client = new pg.Client({
      connectionString: env().DATABASE_URL,
      application_name: "tollgate-worker",
      connectionTimeoutMillis: 5_000,
      keepAlive: true,
    });
    client.on("notification", ({ channel }) => this.options.channels[channel]?.());
    client.on("error", () => {});
    client.on("end", () => {
      if (this.client !== client || this.stopped) return;
      void this.lose().then(() => {
        this.timer = setTimeout(() => void this.look(), LOOK_MS);
      });
    });
    await client.connect();
    this.client = client;
    return client;
  }

  private async lose(): Promise<void> {
    const { client } = this;
    this.client = undefined;
    if (this.leading) {
      this.leading = false;
      log.info("this worker no longer leads");
      await this.options.onLoss();
    }
    await client?.end().catch(() => {});
  }
}
