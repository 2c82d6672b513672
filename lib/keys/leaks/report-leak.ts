import { writeAudit } from "@/lib/audit/write-audit";
import { db } from "@/lib/db";
import { env } from "@/lib/env";
import { endKey } from "@/lib/keys/end-key";
import { findSecrets } from "@/lib/keys/leaks/find-secrets";
import { announceKey, lockKey } from "@/lib/keys/lock-key";
import { mailOwners } from "@/lib/keys/mail-owners";
import { candidateDigests, parseKey, parsePeppers } from "@/lib/keys/token";

/** Who found a key, and where. The address is kept for the owner to read; nothing here ever opens it. */
export interface LeakReport {
  secret: string;
  via: "report" | "github";
  /** http or https; anything else is left out. */
  url?: string | undefined;
  ip?: string | undefined;
  requestId: string;
}

/**
 * Takes a leaked secret out of use and tells its owners: a key whose current secret it is ends for ever; one that
 * rotation had already replaced ends alone, and the key works on with the new one. A secret that works no longer
 * changes nothing. Answers whether the secret is or was one of ours, which callers of a public edge keep to
 * themselves. A malformed one costs no query.
 */
export async function reportLeak(report: LeakReport): Promise<boolean> {
  if (parseKey(report.secret) === null) return false;
  const digests = candidateDigests(report.secret, parsePeppers(env().TOLLGATE_KEY_PEPPER));
  const found = await db().keySecret.findFirst({
    where: { digest: { in: digests.map((digest) => new Uint8Array(digest)) } },
    select: { id: true, key: { select: { id: true, workspaceId: true, kind: true } } },
  });
  if (!found) return false;
  const { workspaceId, kind } = found.key;
  const { requestId, ip } = report;
  const ctx = { actor: { kind: "system", job: `leak-${report.via}` }, workspaceId, requestId, ip } as const;
  await db().$transaction(async (tx) => {
    const { key, at } = await lockKey(tx, ctx, found.key.id, kind);
    const secret = await tx.keySecret.findUniqueOrThrow({ where: { id: found.id } });
    if (key.revokedAt || (secret.endsAt && secret.endsAt <= at)) return;

    const replaced = secret.endsAt !== null;
    if (replaced) {
      await tx.keySecret.update({ where: { id: secret.id }, data: { endsAt: at } });
      await tx.key.update({ where: { id: key.id }, data: { updatedAt: at } });
      await announceKey(tx, key.id);
    } else {
      await endKey(tx, key.id, at);
    }
    const url = cleanUrl(report.url);
    await writeAudit(tx, ctx, {
      action: "key.leak",
      target: key.id,
      before: { name: key.name, secret: { id: secret.id, lastFour: secret.lastFour } },
      after: { ...(replaced ? { endsAt: at } : { revokedAt: at }), via: report.via, ...(url ? { url } : {}) },
    });
    await mailOwners(tx, workspaceId, {
      template: replaced ? "key_leaked_old" : "key_leaked",
      values: { name: key.name, key: `${secret.prefix}…${secret.lastFour}`, when: minuteOf(at) },
      path: kind === "inference" ? `/tokens/${key.id}` : "/tokens/management",
    });
  });
  return true;
}

/** An address as text that can be stored and shown; undefined for anything but http and https, and with a key in it. */
function cleanUrl(text: string | undefined): string | undefined {
  if (!text || text.length > 2_000 || !URL.canParse(text) || findSecrets(text).length > 0) return undefined;
  const url = new URL(text);
  return url.protocol === "https:" || url.protocol === "http:" ? url.href : undefined;
}

function minuteOf(at: Date): string {
  return `${at.toISOString().slice(0, 16).replace("T", " ")} UTC`;
}
