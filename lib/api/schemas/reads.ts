import { z } from "zod";
import { UsdText } from "@/lib/api/schemas/amounts";
import { about } from "@/lib/api/text";

export const CreditsObject = z.object({
  object: z.literal("credits"),
  balance_usd: UsdText,
  held_usd: UsdText.describe(about("held")),
  available_usd: UsdText.describe(about("available_usd")),
  debt_usd: UsdText.describe(about("debt_usd")),
  frozen: z.boolean(),
  next_expiry_at: z.iso.datetime().nullable().describe(about("next_expiry_at")),
  top_up_url: z.string(),
});

const sums = {
  calls: z.int(),
  failed: z.int(),
  input_tokens: z.int(),
  cached_tokens: z.int(),
  output_tokens: z.int(),
  reasoning_tokens: z.int(),
  cost_usd: UsdText,
};

export const UsageObject = z.object({
  object: z.literal("usage"),
  from: z.iso.date(),
  to: z.iso.date(),
  time_zone: z.string(),
  totals: z.object(sums),
  data: z.array(z.object({ id: z.string().describe(about("usage_id")), name: z.string(), ...sums })),
});

export const ModelList = z.object({
  object: z.literal("list"),
  data: z.array(
    z.object({
      object: z.literal("model"),
      id: z.string(),
      name: z.string(),
      description: z.string(),
      context_tokens: z.int(),
      max_output_tokens: z.int(),
      tools: z.boolean(),
      vision: z.boolean(),
      reasoning: z.boolean(),
      structured_output: z.boolean(),
      privacy: z.boolean().describe(about("privacy")),
      input_usd_per_million: UsdText,
      cached_input_usd_per_million: UsdText,
      output_usd_per_million: UsdText,
    }),
  ),
});

export const ErrorObject = z.object({
  error: z.object({
    code: z.string().describe(about("error_code")),
    message: z.string(),
    field: z.string().optional(),
    fields: z.record(z.string(), z.string()).optional().describe(about("error_fields")),
    request_id: z.string(),
    doc_url: z.string(),
  }),
});
