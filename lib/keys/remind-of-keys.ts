import { db, type Tx } from "@/lib/db";
import { mailOwners } from "@/lib/keys/mail-owners";
import type { MailTemplate } from "@/lib/mail/render-mail";
import { Prisma } from "@/prisma/generated/client";

/** Ahead of an expiry; keys that live two weeks or less are short-lived on purpose. */
const AHEAD = Prisma.sql`interval '7 days'`;
const SHORT_LIFE = Prisma.sql`interval '14 days'`;
/** What expired longer ago is no news any more. */
const NEWS = Prisma.sql`interval '7 days'`;
const NAMES_SHOWN = 10;
const WORKSPACES_AT_ONCE = 500;

/** One kind of reminder: which rows are due, and the change that makes them due no more. */
interface Reminder {
  template: MailTemplate;
  due: Prisma.Sql;
  from: Prisma.Sql;
  mark: Prisma.Sql;
}

const LIVING = Prisma.sql`k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > now())`;

const REMINDERS: readonly Reminder[] = [
  {
    template: "keys_old",
    from: Prisma.sql`key_secrets s JOIN keys k ON k.id = s.key_id JOIN workspaces w ON w.id = k.workspace_id`,
    due: Prisma.sql`s.ends_at IS NULL AND s.reminded_at IS NULL AND ${LIVING} AND w.key_reminder_days > 0
      AND s.created_at < now() - interval '1 day'
      AND s.created_at < now() - make_interval(days => w.key_reminder_days)`,
    mark: Prisma.sql`UPDATE key_secrets t SET reminded_at = now()
      FROM due WHERE t.id = due.secret_id AND t.reminded_at IS NULL`,
  },
  {
    template: "keys_expiring",
    from: Prisma.sql`keys k`,
    due: Prisma.sql`k.revoked_at IS NULL AND k.expires_at > now() AND k.expires_at <= now() + ${AHEAD}
      AND k.expires_at > k.created_at + ${SHORT_LIFE} AND k.expiry_warned_for IS DISTINCT FROM k.expires_at`,
    mark: Prisma.sql`UPDATE keys t SET expiry_warned_for = due.expires_at
      FROM due WHERE t.id = due.id AND t.expiry_warned_for IS DISTINCT FROM due.expires_at`,
  },
  {
    template: "keys_expired",
    from: Prisma.sql`keys k`,
    due: Prisma.sql`k.revoked_at IS NULL AND k.expires_at <= now() AND k.expires_at > now() - ${NEWS}
      AND k.expiry_told_for IS DISTINCT FROM k.expires_at`,
    mark: Prisma.sql`UPDATE keys t SET expiry_told_for = due.expires_at
      FROM due WHERE t.id = due.id AND t.expiry_told_for IS DISTINCT FROM due.expires_at`,
  },
];

/**
 * Mails the owners of keys whose secret has grown old, that expire within a week, or that have expired: one mail a
 * workspace and kind, about each secret or expiry once, however many workers run this at once and whatever
 * crashes. Answers how many keys were told of.
 */
export async function remindOfKeys(): Promise<number> {
  let told = 0;
  for (const reminder of REMINDERS) {
    for (let full = true; full; ) {
      const workspaces = await db().$queryRaw<{ id: string }[]>`
        SELECT DISTINCT k.workspace_id AS id FROM ${reminder.from} WHERE ${reminder.due}
         ORDER BY 1 LIMIT ${WORKSPACES_AT_ONCE}`;
      for (const { id } of workspaces) told += await db().$transaction((tx) => tell(tx, id, reminder));
      full = workspaces.length === WORKSPACES_AT_ONCE;
    }
  }
  return told;
}

/** Marks before it mails, in one transaction: of two that try at once, the second finds nothing left to tell. */
async function tell(tx: Tx, workspaceId: string, { template, from, due, mark }: Reminder): Promise<number> {
  const isOld = template === "keys_old";
  const keys = await tx.$queryRaw<{ id: string; name: string; kind: string }[]>`
    WITH due AS (
      SELECT k.id, k.name, k.kind::text AS kind, k.expires_at, k.created_at,
             ${isOld ? Prisma.sql`s.id` : Prisma.sql`NULL`} AS secret_id
        FROM ${from} WHERE k.workspace_id = ${workspaceId} AND ${due}
       ORDER BY k.id),
    marked AS (${mark} RETURNING due.id, due.name, due.kind, due.created_at)
    SELECT id, name, kind FROM marked ORDER BY created_at, id`;
  const [first] = keys;
  if (!first) return 0;
  const workspace = await tx.workspace.findUniqueOrThrow({ where: { id: workspaceId } });
  const single = keys.length === 1 && first.kind === "inference";
  await mailOwners(tx, workspaceId, {
    template,
    values: { count: keys.length, names: listNames(keys), days: workspace.keyReminderDays },
    path: single ? `/tokens/${first.id}` : "/tokens",
  });
  return keys.length;
}

function listNames(keys: readonly { name: string }[]): string {
  const shown = keys.slice(0, NAMES_SHOWN).map(({ name }) => `“${name}”`);
  const more = keys.length - shown.length;
  return more > 0 ? `${shown.join(", ")} + ${more}` : shown.join(", ");
}
