import { z } from "zod";
import { Usd } from "@/lib/api/schemas/amounts";
import { about } from "@/lib/api/text";
import { type KeyChangesInput, MOST, NAME_LENGTH } from "@/lib/keys/key-input";
import { parseOverlap } from "@/lib/keys/overlap";

/** ISO 8601 with its zone. */
const Time = z.iso.datetime({ offset: true, error: "notATime" }).transform((text) => new Date(text));

const count = (max: number) => z.number().int().min(1).max(max);

/** Null: no such limit. What fits together, and with the world, the verb says (lib/keys/key-input.ts). */
const limits = {
  models: z.array(z.string().max(200)).max(100).nullish().describe(about("models")),
  ip_ranges: z.array(z.string().max(100)).max(50).nullish().describe(about("ip_ranges")),
  total_limit_usd: Usd.nullish().describe(about("total_limit_usd")),
  period: z.enum(["day", "week", "month"]).nullish().describe(about("period")),
  period_limit_usd: Usd.nullish().describe(about("period_limit_usd")),
  requests_per_minute: count(MOST.requestsPerMinute).nullish().describe(about("requests_per_minute")),
  tokens_per_minute: count(MOST.tokensPerMinute).nullish().describe(about("tokens_per_minute")),
  max_parallel_requests: count(MOST.maxParallel).nullish().describe(about("max_parallel_requests")),
  request_limit_usd: Usd.nullish().describe(about("request_limit_usd")),
  expires_at: Time.nullish().describe(about("expires_at")),
};

const name = z.string().min(1).max(NAME_LENGTH).describe(about("name"));

/** A strict object: a field that is not known is refused rather than ignored. */
export const NewKeyBody = z.strictObject({ name, ...limits });
export const KeyChangesBody = z.strictObject({
  name: name.optional(),
  ...limits,
  updated_at: Time.optional().describe(about("updated_at_given")),
});

type Limits = Omit<z.output<typeof KeyChangesBody>, "name" | "updated_at">;

/** A body's limits as the verbs take them. To take a period's budget away takes its period away too. */
export function toLimits(body: Limits): Omit<KeyChangesInput, "name" | "updatedAt"> {
  return {
    models: body.models,
    ipRanges: body.ip_ranges,
    totalBudgetNano: body.total_limit_usd,
    periodBudgetNano: body.period_limit_usd,
    period: body.period === undefined && body.period_limit_usd === null ? null : body.period,
    requestsPerMinute: body.requests_per_minute,
    tokensPerMinute: body.tokens_per_minute,
    maxParallel: body.max_parallel_requests,
    maxRequestNano: body.request_limit_usd,
    expiresAt: body.expires_at,
  };
}

const DEFAULT_OVERLAP = "24h";

/** `overlap` as text, `none`, `1h`, `24h`, `7d` or any other up to 30 d. */
export const RotationBody = z
  .strictObject({
    overlap: z.string().max(20).optional().describe(about("overlap")),
    leaked: z.boolean().optional().describe(about("leaked")),
  })
  .transform(({ overlap, leaked = false }, context) => {
    const seconds = parseOverlap(overlap ?? (leaked ? "none" : DEFAULT_OVERLAP));
    if (seconds !== null) return { overlapSeconds: seconds, leaked };
    context.addIssue({ code: "custom", message: "overlap", path: ["overlap"] });
    return z.NEVER;
  });
