import { z } from "zod";
import { endpoint } from "@/lib/api/endpoint";
import { CreditsObject, ModelList, UsageObject } from "@/lib/api/schemas/reads";
import { about } from "@/lib/api/text";
import { listPublicModels } from "@/lib/catalog/list-public-models";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { requireOwnKey } from "@/lib/keys/require-own-key";
import { getWallet } from "@/lib/ledger/get-wallet";
import { usdExact, usdPerMillion } from "@/lib/money";
import { LONGEST_RANGE_DAYS, parseRange } from "@/lib/usage/parse-range";
import { summarizeUsage } from "@/lib/usage/summarize-usage";
import type { UsageSums } from "@/lib/usage/usage-sums";

const UsageQuery = z.strictObject({
  from: z.iso.date("notADay").optional().describe(about("from")),
  to: z.iso.date("notADay").optional().describe(about("to")),
  group_by: z.enum(["day", "model", "key"]).default("day").describe(about("group_by")),
  key_id: z.string().max(100).optional().describe(about("key_id")),
  model: z.string().max(200).optional().describe(about("model")),
});

function renderSums(sums: UsageSums) {
  return {
    calls: Number(sums.calls),
    failed: Number(sums.failed),
    input_tokens: Number(sums.inputTokens),
    cached_tokens: Number(sums.cachedTokens),
    output_tokens: Number(sums.outputTokens),
    reasoning_tokens: Number(sums.reasoningTokens),
    cost_usd: usdExact(sums.costNano),
  };
}

/** What the workspace has, has used and may call. */
export const READ_ENDPOINTS = [
  endpoint({
    name: "getCredits",
    method: "GET",
    path: "/credits",
    answer: CreditsObject,
    run: async ({ ctx }) => {
      const wallet = await getWallet(ctx.workspaceId);
      return {
        object: "credits",
        balance_usd: usdExact(wallet.balanceNano),
        held_usd: usdExact(wallet.reservedNano),
        available_usd: usdExact(wallet.availableNano),
        debt_usd: usdExact(wallet.debtNano),
        frozen: wallet.frozen,
        next_expiry_at: wallet.nextExpiryAt?.toISOString() ?? null,
        top_up_url: `${env().publicUrl}/credits`,
      };
    },
  }),
  endpoint({
    name: "getUsage",
    method: "GET",
    path: "/usage",
    query: UsageQuery,
    answer: UsageObject,
    run: async ({ ctx, query }) => {
      const { from, to, group_by, key_id, model } = query;
      if (key_id !== undefined) await requireOwnKey(ctx, key_id);
      const parsed = parseRange({ ...(from ? { from } : {}), ...(to ? { to } : {}) }, "UTC", new Date());
      if (parsed.problem) {
        const values = { days: LONGEST_RANGE_DAYS };
        throw new AppError("invalid_input", "usageRange", { field: from ? "from" : "to", values });
      }
      const range = { ...parsed.range, granularity: "day" as const };
      const filters = {
        ...(key_id ? { keyId: key_id } : {}),
        ...(model ? { modelId: model.replaceAll("\0", "") } : {}),
      };
      const groupBy = group_by === "key" ? ("key" as const) : ("model" as const);
      const { totals, slots, groups } = await summarizeUsage(ctx, { range, groupBy, filters });
      const days = slots
        .filter(({ sums }) => sums.calls > 0n)
        .map(({ day, sums }) => ({ id: day, name: day, ...renderSums(sums) }));
      return {
        object: "usage",
        from: range.fromDay,
        to: range.toDay,
        time_zone: "UTC",
        totals: renderSums(totals),
        data:
          group_by === "day" ? days : groups.map(({ id, name, sums }) => ({ id, name, ...renderSums(sums) })),
      };
    },
  }),
  endpoint({
    name: "listModels",
    method: "GET",
    path: "/models",
    answer: ModelList,
    run: async () => {
      const models = await listPublicModels();
      return {
        object: "list",
        data: models.map((model) => ({
          object: "model",
          id: model.id,
          name: model.displayName,
          description: model.description,
          context_tokens: model.contextTokens,
          max_output_tokens: model.maxOutputTokens,
          tools: model.tools,
          vision: model.vision,
          reasoning: model.reasoning,
          structured_output: model.structuredOutput,
          privacy: model.privacy,
          input_usd_per_million: usdPerMillion(model.inputPico),
          cached_input_usd_per_million: usdPerMillion(model.cachedInputPico),
          output_usd_per_million: usdPerMillion(model.outputPico),
        })),
      };
    },
  }),
];
