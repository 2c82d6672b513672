import { createPublicKey, type KeyObject } from "node:crypto";
import { z } from "zod";
import { openPool } from "@/lib/catalog/dispatcher";
import { log } from "@/lib/log";

/** GitHub's public keys for secret scanning: docs.github.com, "Secret scanning partner program". */
const PATH = "/meta/public_keys/secret_scanning";
const FRESH_MS = 60 * 60_000;
/** An unknown identifier is no reason to ask GitHub more often than this. */
const ASK_AGAIN_MS = 60_000;
/** While GitHub cannot be asked, it is not asked by everyone who sends us something. */
const AFTER_FAILURE_MS = 5_000;
const TIMEOUT_MS = 5_000;
const MAX_BYTES = 262_144;

const Answer = z.object({
  public_keys: z.array(z.object({ key_identifier: z.string(), key: z.string() })).max(1_000),
});

/** Fetches and remembers the keys that GitHub signs with. */
export class GithubKeys {
  private keys = new Map<string, KeyObject>();
  private askedAtMs = Number.NEGATIVE_INFINITY;
  private failedAtMs = Number.NEGATIVE_INFINITY;
  private fetching: Promise<void> | null = null;

  /** `allowPrivate` lets the API's address be on this machine or in a private network. */
  constructor(private readonly options: { baseUrl: string; allowPrivate: boolean; now?: () => number }) {}

  /** The key of an identifier, or null. Rejects when it is not known yet and GitHub cannot be asked. */
  async find(identifier: string): Promise<KeyObject | null> {
    const now = this.options.now ?? Date.now;
    const ageMs = now() - this.askedAtMs;
    if (ageMs > FRESH_MS || (!this.keys.has(identifier) && ageMs > ASK_AGAIN_MS)) {
      try {
        if (now() - this.failedAtMs < AFTER_FAILURE_MS) throw new Error("GitHub could not be asked just now");
        this.fetching ??= this.fetch().finally(() => {
          this.fetching = null;
        });
        await this.fetching;
        this.askedAtMs = now();
      } catch (error) {
        if (now() - this.failedAtMs >= AFTER_FAILURE_MS) this.failedAtMs = now();
        if (!this.keys.has(identifier)) throw error;
        log.warn(
          { err: (error as Error).message },
          "GitHub's keys could not be read anew; the known ones stay",
        );
      }
    }
    return this.keys.get(identifier) ?? null;
  }

  private async fetch(): Promise<void> {
    const { baseUrl, allowPrivate } = this.options;
    const pool = openPool({ baseUrl, allowPrivate });
    try {
      const answer = await pool.request({
        method: "GET",
        path: `${new URL(baseUrl).pathname.replace(/\/$/, "")}${PATH}`,
        headers: { accept: "application/json", "user-agent": "tollgate" },
        headersTimeout: TIMEOUT_MS,
        bodyTimeout: TIMEOUT_MS,
        signal: AbortSignal.timeout(TIMEOUT_MS * 2),
      });
      if (answer.statusCode !== 200) throw new Error(`GitHub answered ${answer.statusCode}`);
      let text = "";
      for await (const chunk of answer.body.setEncoding("utf8")) {
        text += chunk;
        if (text.length > MAX_BYTES) throw new Error("GitHub answered more than was expected");
      }
      this.keys = new Map(
        Answer.parse(JSON.parse(text)).public_keys.flatMap(({ key_identifier, key }) => {
          const parsed = parseEcKey(key);
          return parsed ? [[key_identifier, parsed]] : [];
        }),
      );
    } finally {
      await pool.destroy();
    }
  }
}

/** Only what the programme promises: ECDSA on P-256. */
function parseEcKey(pem: string): KeyObject | null {
  try {
    const key = createPublicKey(pem);
    return key.asymmetricKeyDetails?.namedCurve === "prime256v1" ? key : null;
  } catch {
    return null;
  }
}
