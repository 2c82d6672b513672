import { createHmac } from "node:crypto";
import { z } from "zod";
import type { Tx } from "@/lib/db";
import { env } from "@/lib/env";
import { grantCredits } from "@/lib/ledger/grant-credits";
import { MAX_NANO } from "@/lib/money";

/** Where the operator's choice lives: `settings`, the amount as decimal text of nano-USD. */
export const TRIAL_SETTING = "billing.trial_credit_nano";
const TrialAmount = z
  .string()
  .regex(/^\d{1,16}$/)
  .transform(BigInt)
  .refine((nano) => nano <= MAX_NANO / 1_000n);

/**
 * Gives the trial credit that the operator set, when an address is verified: once per address, whoever has it and
 * however its mailbox is written. Nothing where the operator set none. In the caller's transaction.
 */
export async function grantTrial(
  tx: Tx,
  input: { workspaceId: string; email: string; actor: string },
): Promise<bigint> {
  const row = await tx.setting.findUnique({ where: { name: TRIAL_SETTING } });
  const amount = TrialAmount.safeParse(row?.value);
  if (!amount.success || amount.data === 0n) return 0n;
  const emailDigest = digestMailbox(input.email);
  const { count } = await tx.trialGrant.createMany({
    data: [{ emailDigest, workspaceId: input.workspaceId }],
    skipDuplicates: true,
  });
  if (count === 0) return 0n;
  await grantCredits(tx, {
    workspaceId: input.workspaceId,
    amountNano: amount.data,
    promotional: true,
    source: "trial",
    key: `trial:${emailDigest.toString("hex")}`,
    actor: input.actor,
    from: "promotions",
  });
  return amount.data;
}

/** The same mailbox however it is written: case, a +tag, Gmail's dots. Keyed, so that the table is no list of people. */
function digestMailbox(email: string): Buffer<ArrayBuffer> {
  const [name = "", domain = ""] = email.toLowerCase().split("@");
  const plain = name.replace(/\+.*$/, "");
  const gmail = domain === "gmail.com" || domain === "googlemail.com";
  const mailbox = gmail ? `${plain.replaceAll(".", "")}@gmail.com` : `${plain}@${domain}`;
  return Buffer.from(
    createHmac("sha256", env().NEXTAUTH_SECRET ?? "")
      .update(`trial:${mailbox}`)
      .digest(),
  );
}
