import { z } from "zod";
import { UsdText } from "@/lib/api/schemas/amounts";
import { about } from "@/lib/api/text";
import { KEY_STATUSES } from "@/lib/keys/types";

const at = z.iso.datetime();
const usd = UsdText.nullable();
const count = z.int().nullable();

/** A secret of a key, never more than its ends. */
const SecretObject = z.object({
  id: z.string(),
  prefix: z.string(),
  last_four: z.string(),
  created_at: at,
  ends_at: at.nullable().describe(about("ends_at")),
});

/** A key as every endpoint answers it. Limits have the names that a body has. */
export const KeyObject = z.object({
  object: z.literal("key"),
  id: z.string(),
  name: z.string().describe(about("name")),
  status: z.enum(KEY_STATUSES).describe(about("status")),
  disabled: z.boolean().describe(about("disabled")),
  models: z.array(z.string()).describe(about("models")),
  ip_ranges: z.array(z.string()).describe(about("ip_ranges")),
  total_limit_usd: usd.describe(about("total_limit_usd")),
  total_spent_usd: UsdText,
  total_held_usd: UsdText.describe(about("held")),
  total_remaining_usd: usd,
  period: z.enum(["day", "week", "month"]).nullable().describe(about("period")),
  period_limit_usd: usd.describe(about("period_limit_usd")),
  period_spent_usd: usd,
  period_held_usd: usd.describe(about("held")),
  period_remaining_usd: usd,
  period_ends_at: at.nullable().describe(about("period_ends_at")),
  requests_per_minute: count.describe(about("requests_per_minute")),
  tokens_per_minute: count.describe(about("tokens_per_minute")),
  max_parallel_requests: count.describe(about("max_parallel_requests")),
  request_limit_usd: usd.describe(about("request_limit_usd")),
  expires_at: at.nullable().describe(about("expires_at")),
  spent_today_usd: UsdText,
  spent_month_usd: UsdText,
  last_used_at: at.nullable(),
  last_client: z.string().nullable().describe(about("last_client")),
  secrets: z.array(SecretObject).describe(about("secrets")),
  created_at: at,
  updated_at: at.describe(about("updated_at")),
  paused_at: at.nullable(),
  revoked_at: at.nullable(),
});
export type KeyObject = z.infer<typeof KeyObject>;

const Warning = z.object({ field: z.string(), value: z.string(), message: z.string() });
const warnings = z.array(Warning).describe(about("warnings"));
const secret = z.string().describe(about("key"));

/** What a new key, and a rotation, are answered with: the only sight of the secret. */
export const NewKeyObject = KeyObject.extend({ key: secret, warnings });
export const RotatedKeyObject = KeyObject.extend({
  key: secret,
  old_ends_at: at.nullable().describe(about("old_ends_at")),
});
export const ChangedKeyObject = KeyObject.extend({ warnings });

export const KeyList = z.object({
  object: z.literal("list"),
  data: z.array(KeyObject),
  has_more: z.boolean(),
  next_cursor: z.string().nullable().describe(about("next_cursor")),
});
