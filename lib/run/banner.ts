import type { StandIn } from "@/lib/run/plan";

const WHAT: Record<StandIn, string> = {
  payments: "payments (a payment page of our own; STRIPE_SECRET_KEY replaces it)",
  mail: "mail (it lands in the outbox above; SMTP_URL replaces it)",
  provider: "the provider behind the model sandbox/echo (it echoes what it is sent)",
};

export interface BannerFacts {
  publicUrl: string;
  publicApiUrl: string;
  standIns: readonly StandIn[];
  hasOperator: boolean;
  embedded: boolean;
  logFolder: string | null;
  seconds: number;
}

/** What a start says about itself, once everything answers. */
export function banner(facts: BannerFacts): string {
  const lines = [
    "",
    `Tollgate is ready (${facts.seconds.toFixed(1)} s).`,
    "",
    `  Dashboard      ${facts.publicUrl}`,
    `  API base URL   ${facts.publicApiUrl}/v1`,
  ];
  if (facts.standIns.includes("mail")) lines.push(`  Mail outbox    ${facts.publicUrl}/sandbox/mail`);
  if (facts.embedded) lines.push("  Database       embedded Postgres (DATABASE_URL takes your own)");
  if (facts.logFolder) lines.push(`  Logs           ${facts.logFolder}`);
  if (facts.standIns.length > 0) {
    lines.push("", "  Stand-ins, for this machine only:");
    for (const kind of facts.standIns) lines.push(`    - ${WHAT[kind]}`);
  }
  if (!facts.hasOperator) {
    lines.push(
      "",
      "  There is no operator yet. Make one:",
      "    npm run -s tollgate -- users create --email you@example.com --password '...' --operator",
    );
  }
  return [...lines, "", "  Ctrl-C stops everything.", ""].join("\n");
}
