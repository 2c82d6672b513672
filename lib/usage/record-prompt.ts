import { sealText } from "@/lib/crypto";
import { pool } from "@/lib/db";
import { log } from "@/lib/log";

/** What was said in one call, as the client sent and received it. */
export interface Prompt {
  workspaceId: string;
  requestId: string;
  /** The body of the request. */
  request: string;
  /** The answer's text or body; null when none came. */
  response: string | null;
}

/** Longer texts are cut here. */
export const PROMPT_MAX_CHARS = 256_000;
const REFRESH_MS = 5_000;
/** Beyond so many on their way to the database, prompts are let go rather than memory. */
const MOST_WAITING = 200;

/**
 * Keeps the prompts of workspaces that asked for it, encrypted, beside the path of a call: it neither slows one down
 * nor fails one. One per process; `start` it, ask `wants` before holding on to a body, `record` after the settle.
 */
export class PromptRecorder {
  private retentionDays = new Map<string, number>();
  private timer: NodeJS.Timeout | undefined;
  private readonly waiting = new Set<Promise<void>>();
  private dropped = 0;

  /** Reads who wants it, now and every five seconds. */
  async start(): Promise<void> {
    await this.refresh();
    this.timer = setInterval(() => void this.refresh(), REFRESH_MS);
    this.timer.unref();
  }

  /** Resolves when everything on its way has been written. */
  async stop(): Promise<void> {
    clearInterval(this.timer);
    await Promise.all(this.waiting);
  }

  /** Whether the prompts of a workspace are to be kept. Costs nothing. */
  wants(workspaceId: string): boolean {
    return this.retentionDays.has(workspaceId);
  }

  /** Keeps one, in its own time. Failures are logged, without a word of what was said. */
  record(prompt: Prompt): void {
    const days = this.retentionDays.get(prompt.workspaceId);
    if (days === undefined) return;
    if (this.waiting.size >= MOST_WAITING) {
      this.dropped += 1;
      return;
    }
    const written = insertPrompt(prompt, days)
      .catch((error: Error) =>
        log.warn({ requestId: prompt.requestId, err: error.message }, "prompt not kept"),
      )
      .finally(() => this.waiting.delete(written));
    this.waiting.add(written);
  }

  private async refresh(): Promise<void> {
    try {
      const { rows } = await pool().query<{ workspaceId: string; days: number }>(
        `SELECT workspace_id AS "workspaceId", retention_days AS days FROM prompt_settings`,
      );
      this.retentionDays = new Map(rows.map(({ workspaceId, days }) => [workspaceId, days]));
    } catch (error) {
      // What was wanted a moment ago may not be any more; nothing is kept in doubt.
      this.retentionDays = new Map();
      log.warn({ err: (error as Error).message }, "who wants prompts kept could not be read");
    }
    if (this.dropped > 0) log.warn({ dropped: this.dropped }, "prompts were not kept: too many at once");
    this.dropped = 0;
  }
}

/** Postgres cannot hold U+0000, and half a surrogate pair is no text. */
const cut = (text: string) => text.slice(0, PROMPT_MAX_CHARS).replace(/[\uD800-\uDBFF]$/, "");

async function insertPrompt(
  { workspaceId, requestId, request, response }: Prompt,
  days: number,
): Promise<void> {
  const place = promptPlace(workspaceId, requestId);
  const shortened = request.length > PROMPT_MAX_CHARS || (response?.length ?? 0) > PROMPT_MAX_CHARS;
  // The workspace may have thought better of it since.
  await pool().query(
    `INSERT INTO prompt_logs (workspace_id, request_id, request_cipher, response_cipher, shortened, expires_at)
     SELECT $1, $2, $3, $4, $5, now() + $6 * interval '1 day'
      WHERE EXISTS (SELECT FROM prompt_settings WHERE workspace_id = $1)
     ON CONFLICT DO NOTHING`,
    [
      workspaceId,
      requestId,
      sealText("prompt", place, cut(request)),
      response === null ? null : sealText("prompt", place, cut(response)),
      shortened,
      days,
    ],
  );
}

/** What a sealed prompt is bound to: nobody's else's can be put in its place. */
export function promptPlace(workspaceId: string, requestId: string): { table: string; id: string } {
  return { table: "prompt_logs", id: `${workspaceId}/${requestId}` };
}
