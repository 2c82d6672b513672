import { randomBytes } from "node:crypto";
import { z } from "zod";
import type { Ctx, UserActor } from "@/lib/actor";
import { writeAudit } from "@/lib/audit/write-audit";
import { mayConnect } from "@/lib/catalog/public-address";
import { sealText } from "@/lib/crypto";
import { db } from "@/lib/db";
import { env } from "@/lib/env";
import { MAX_NANO, parseUsd } from "@/lib/money";

const Threshold = z
  .string()
  .trim()
  .max(40)
  .transform((typed, context) => {
    if (typed === "") return null;
    try {
      const nano = parseUsd(typed);
      if (nano >= 0n && nano <= MAX_NANO / 1_000n) return nano;
    } catch {
      // Judged below.
    }
    context.addIssue({ code: "custom", message: "amountInvalid" });
    return z.NEVER;
  });

/** https to a name or a public address; plain http to this machine only where stand-ins serve. */
const WebhookUrl = z
  .string()
  .trim()
  .max(500)
  .transform((typed, context) => {
    if (typed === "") return null;
    const url = URL.canParse(typed) ? new URL(typed) : null;
    const literal = url?.hostname.replace(/^\[(.*)\]$/, "$1") ?? "";
    const local = env().standIns.size > 0 && url?.protocol === "http:" && url.hostname === "127.0.0.1";
    const named = /[a-z]/i.test(literal) && !literal.includes(":") && literal.includes(".");
    const reachable = named || mayConnect(literal, false);
    if (url && !url.username && !url.password && (local || (url.protocol === "https:" && reachable))) {
      return url.href;
    }
    context.addIssue({ code: "custom", message: "webhookUrl" });
    return z.NEVER;
  });

export const SaveAlerts = z.strictObject({ lowBalanceUsd: Threshold, webhookUrl: WebhookUrl });

/**
 * Sets what a workspace is told about its money. A new address gets a new signing secret, which is returned this
 * once. Throws ZodError by field.
 */
export async function saveAlerts(
  ctx: Ctx<UserActor>,
  input: z.input<typeof SaveAlerts>,
): Promise<{ webhookSecret: string | null }> {
  const { lowBalanceUsd: lowBalanceNano, webhookUrl } = SaveAlerts.parse(input);
  const { workspaceId } = ctx;
  return db().$transaction(async (tx) => {
    const before = await tx.moneyAlert.findUnique({ where: { workspaceId } });
    const isNew = webhookUrl !== null && webhookUrl !== before?.webhookUrl;
    const secret = isNew ? `whsec_${randomBytes(24).toString("base64url")}` : null;
    const place = { table: "money_alerts", id: workspaceId };
    const sealed = secret ? sealText("customer-webhook", place, secret) : (before?.webhookSecret ?? null);
    const webhookSecret = webhookUrl === null ? null : sealed;
    await tx.moneyAlert.upsert({
      where: { workspaceId },
      update: { lowBalanceNano, webhookUrl, webhookSecret },
      create: { workspaceId, lowBalanceNano, webhookUrl, webhookSecret },
    });
    await writeAudit(tx, ctx, {
      action: "alerts.save",
      target: workspaceId,
      before: { lowBalanceNano: before?.lowBalanceNano ?? null, webhookUrl: before?.webhookUrl ?? null },
      after: { lowBalanceNano, webhookUrl },
    });
    return { webhookSecret: secret };
  });
}
