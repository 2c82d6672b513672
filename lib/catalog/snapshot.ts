import type pg from "pg";
import { readCatalogVersion, readSnapshot } from "@/lib/catalog/read-snapshot";
import type { CatalogModel, CatalogSnapshot } from "@/lib/catalog/types";
import { log } from "@/lib/log";

/** How long a lost notification may go unnoticed. */
const CHECK_EVERY_MS = 5_000;

/**
 * The catalogue in memory: read once, again when `refresh` is called (on a notification), and checked by its
 * version every five seconds. While the database is away, what was last read is used.
 */
export class Catalog {
  private snapshot: CatalogSnapshot = { version: "", models: new Map(), aliases: new Map() };
  private timer: NodeJS.Timeout | undefined;
  private reading: Promise<void> | null = null;
  private again = false;

  constructor(
    private readonly pool: pg.Pool,
    private readonly onChange: (snapshot: CatalogSnapshot) => void = () => undefined,
  ) {}

  /** Reads it for the first time; rejects when that fails. */
  async start(): Promise<void> {
    this.snapshot = await readSnapshot(this.pool);
    this.timer = setInterval(() => void this.check(), CHECK_EVERY_MS);
    this.timer.unref();
  }

  stop(): void {
    clearInterval(this.timer);
  }

  get current(): CatalogSnapshot {
    return this.snapshot;
  }

  find(modelId: string): CatalogModel | undefined {
    return this.snapshot.models.get(modelId);
  }

  /** Something has changed: reads it anew, once more if that happens meanwhile. */
  refresh(): Promise<void> {
    if (this.reading) {
      this.again = true;
      return this.reading;
    }
    this.reading = this.read().finally(() => {
      this.reading = null;
    });
    return this.reading;
  }

  private async read(): Promise<void> {
    do {
      this.again = false;
      try {
        this.snapshot = await readSnapshot(this.pool);
        this.onChange(this.snapshot);
      } catch (error) {
        log.warn({ err: (error as Error).message }, "the catalogue could not be read; the last one stays");
      }
    } while (this.again);
  }

  private async check(): Promise<void> {
    try {
      if ((await readCatalogVersion(this.pool)) !== this.snapshot.version) await this.refresh();
    } catch {
      // The next check comes soon; a database that is away is reported by its pool.
    }
  }
}
