/** How long an old secret may go on working beside the new one: at most 30 days. */
export const MAX_OVERLAP_SECONDS = 30 * 24 * 60 * 60;

const UNIT_SECONDS: Record<string, number> = { s: 1, m: 60, h: 3_600, d: 86_400 };

/** `0`, `none`, `90s`, `15m`, `1h`, `24h`, `7d` in seconds; a bare number is seconds. Null for anything else or over 30 d. */
export function parseOverlap(text: string): number | null {
  const trimmed = text.trim().toLowerCase();
  if (trimmed === "none") return 0;
  const match = /^(\d{1,7})([smhd]?)$/.exec(trimmed);
  if (!match) return null;
  const seconds = Number(match[1]) * (UNIT_SECONDS[match[2] || "s"] ?? 1);
  return seconds <= MAX_OVERLAP_SECONDS ? seconds : null;
}

export interface SecretEnd {
  id: string;
  endsAt: Date | null;
}

/**
 * When each secret ends once a new one joins at `at`: the current one after the overlap, though never later than
 * an end it already had; one that was itself being replaced at once, so that two live at most. Secrets that have
 * ended stay as they are and are left out.
 */
export function endsAfterRotation(
  secrets: readonly SecretEnd[],
  at: Date,
  overlapSeconds: number,
): { id: string; endsAt: Date }[] {
  const wanted = new Date(at.getTime() + overlapSeconds * 1_000);
  const living = secrets.filter((secret) => secret.endsAt === null || secret.endsAt > at);
  const current =
    living.find((secret) => secret.endsAt === null) ??
    living.reduce<SecretEnd | undefined>(
      (latest, secret) =>
        latest?.endsAt && secret.endsAt && latest.endsAt >= secret.endsAt ? latest : secret,
      undefined,
    );
  return living.map((secret) => {
    if (secret !== current) return { id: secret.id, endsAt: at };
    return { id: secret.id, endsAt: secret.endsAt && secret.endsAt < wanted ? secret.endsAt : wanted };
  });
}
