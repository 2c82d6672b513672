import pg from "pg";
import { env } from "@/lib/env";
import { log } from "@/lib/log";

export interface ListenerOptions {
  /** What to do with a notification's payload, by channel. */
  channels: Readonly<Record<string, (payload: string) => void>>;
  /** After a lost connection anything may have been missed. */
  onReconnect: () => void;
  /** For tests; by default where DATABASE_URL says. */
  connect?: () => pg.Client;
}

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 2_000;

/**
 * One session that LISTENs, reconnecting for ever. Notifications only make things quicker: whoever is told here
 * also looks again by itself every few seconds.
 */
export class Listener {
  private client: pg.Client | null = null;
  private stopped = false;
  private pauseMs = FIRST_PAUSE_MS;
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly options: ListenerOptions) {}

  /** Resolves once it listens for the first time; rejects when that fails. */
  async start(): Promise<void> {
    await this.open();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    const client = this.client;
    this.client = null;
    await client?.end().catch(() => undefined);
  }

  private async open(): Promise<void> {
    const client = this.options.connect?.() ?? newClient();
    client.on("error", (error) => this.lost(client, error));
    client.on("end", () => this.lost(client));
    client.on("notification", ({ channel, payload }) => this.options.channels[channel]?.(payload ?? ""));
    try {
      await client.connect();
      this.client = client;
      for (const channel of Object.keys(this.options.channels)) {
        await client.query(`LISTEN ${pg.escapeIdentifier(channel)}`);
      }
    } catch (error) {
      this.client = null;
      client.end().catch(() => undefined);
      throw error;
    }
    this.pauseMs = FIRST_PAUSE_MS;
  }

  private lost(client: pg.Client, error?: Error): void {
    if (this.client !== client || this.stopped) return;
    this.client = null;
    log.warn({ err: error?.message }, "lost the connection that listens for changes");
    this.options.onReconnect();
    client.end().catch(() => undefined);
    this.retry();
  }

  private retry(): void {
    this.timer = setTimeout(async () => {
      if (this.stopped) return;
      try {
        await this.open();
        this.options.onReconnect();
      } catch {
        this.pauseMs = Math.min(LONGEST_PAUSE_MS, this.pauseMs * 2);
        this.retry();
      }
    }, this.pauseMs);
    this.timer.unref();
  }
}

function newClient(): pg.Client {
  return new pg.Client({
    connectionString: env().DATABASE_URL,
    application_name: "tollgate-listen",
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
  });
}
