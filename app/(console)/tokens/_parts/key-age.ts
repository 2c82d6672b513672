import type { KeyView } from "@/lib/keys/types";

const DAY_MS = 86_400_000;

/**
 * How many whole days old the current secret of a key is, if that is as old as it should get; else null. Also null
 * for a key that is over, and where `oldAfterDays` is 0: nobody is to be reminded.
 */
export function overdueDays(
  view: Pick<KeyView, "status" | "secrets">,
  now: Date,
  oldAfterDays: number,
): number | null {
  if (view.status === "revoked" || view.status === "expired" || oldAfterDays <= 0) return null;
  const current = view.secrets.find(({ endsAt }) => endsAt === null);
  if (!current) return null;
  const days = Math.floor((now.getTime() - current.createdAt.getTime()) / DAY_MS);
  return days >= oldAfterDays ? days : null;
}
