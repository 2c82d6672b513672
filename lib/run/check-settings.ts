/** What a start is judged by: the settings as text, blank ones left out. */
export type Settings = Readonly<Record<string, string | undefined>>;

/** Without these no page and no call can be served; `npm start` makes them where they are not given, production does not. */
const SECRETS = [
  "NEXTAUTH_SECRET",
  "NEXT_SERVER_ACTIONS_ENCRYPTION_KEY",
  "TOLLGATE_KEY_PEPPER",
  "TOLLGATE_ENCRYPTION_KEY",
];

const NEEDED_IN_PRODUCTION = [
  ...SECRETS,
  "PUBLIC_URL",
  "PUBLIC_API_URL",
  "STRIPE_SECRET_KEY",
  "STRIPE_WEBHOOK_SECRET",
  "SMTP_URL",
];

/** What replaces each stand-in. */
const INSTEAD: Record<string, string> = {
  payments: "STRIPE_SECRET_KEY and STRIPE_WEBHOOK_SECRET",
  mail: "SMTP_URL",
  provider: "a provider (npm run -s tollgate -- connections add)",
};

const PLACEHOLDER =
  /change[-_ ]?me|replace|example|placeholder|your[-_]|stand[-_]?in|^secret$|^password$|^(.)\1*$/i;
const MIN_SECRET_CHARACTERS = 32;

function given(settings: Settings, name: string): string | undefined {
  const value = settings[name]?.trim();
  return value === "" ? undefined : value;
}

function bytesOf(base64: string): number {
  return /^[A-Za-z0-9+/_-]+={0,2}$/.test(base64) ? Buffer.from(base64, "base64").length : 0;
}

export function isLoopbackUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const host = new URL(text).hostname.replace(/^\[|\]$/g, "");
  return (
    host === "localhost" || host.endsWith(".localhost") || host === "::1" || /^127(\.\d{1,3}){3}$/.test(host)
  );
}

/** What is wrong with one secret's value, which is never repeated. */
function weakness(name: string, value: string, production: boolean): string | null {
  switch (name) {
    case "TOLLGATE_KEY_PEPPER":
    case "TOLLGATE_ENCRYPTION_KEY": {
      const parts = value.split(",").map((part) => /^v[1-9]\d*:(.+)$/.exec(part.trim())?.[1] ?? "");
      return parts.every((part) => bytesOf(part) >= 32) ? null : "must be v1:<32 random bytes in base64>";
    }
    case "NEXT_SERVER_ACTIONS_ENCRYPTION_KEY":
      return [16, 24, 32].includes(bytesOf(value)) ? null : "must be 32 random bytes in base64";
    case "NEXTAUTH_SECRET":
      if (!production) return null;
      return value.length >= MIN_SECRET_CHARACTERS ? null : "must be at least 32 random characters";
    case "STRIPE_WEBHOOK_SECRET":
      return value.startsWith("whsec_")
        ? null
        : "must be the signing secret of your webhook endpoint (whsec_...)";
    default:
      return null;
  }
}

function secretProblems(settings: Settings, production: boolean): string[] {
  const problems: string[] = [];
  for (const name of [...SECRETS, "STRIPE_WEBHOOK_SECRET", "STRIPE_SECRET_KEY"]) {
    const value = given(settings, name);
    if (value === undefined) continue;
    if (production && PLACEHOLDER.test(value))
      problems.push(`${name} is a placeholder: set a secret of your own.`);
    else {
      const weak = weakness(name, value, production);
      if (weak) problems.push(`${name} ${weak}.`);
    }
  }
  return problems;
}

function urlProblems(settings: Settings, standIns: readonly string[]): string[] {
  const problems: string[] = [];
  for (const name of ["PUBLIC_URL", "PUBLIC_API_URL"]) {
    const value = given(settings, name);
    if (value === undefined) continue;
    if (!URL.canParse(value) || !/^https?:$/.test(new URL(value).protocol)) {
      problems.push(`${name} must be a URL such as https://tollgate.example.`);
    } else if (standIns.length > 0 && !isLoopbackUrl(value)) {
      const instead = standIns.map((kind) => INSTEAD[kind] ?? kind).join(", ");
      problems.push(
        `${name} is not an address of this machine, while stand-ins are in use (${standIns.join(", ")}), and these must not face a network: set ${instead}, or unset ${name}.`,
      );
    }
  }
  return problems;
}

function stripeProblems(settings: Settings, production: boolean): string[] {
  const base = given(settings, "STRIPE_API_BASE");
  if (base === undefined) return [];
  const problems: string[] = [];
  if (production) problems.push("STRIPE_API_BASE is for local use: unset it.");
  if (/^(sk|rk)_live_/.test(given(settings, "STRIPE_SECRET_KEY") ?? "")) {
    problems.push(
      "STRIPE_SECRET_KEY is a live key while STRIPE_API_BASE leads elsewhere: unset one of them.",
    );
  }
  if (!isLoopbackUrl(base)) problems.push("STRIPE_API_BASE must be an address of this machine (loopback).");
  return problems;
}

function githubProblems(settings: Settings, production: boolean): string[] {
  const base = given(settings, "GITHUB_API_BASE");
  if (base === undefined) return [];
  if (!URL.canParse(base) || !/^https?:$/.test(new URL(base).protocol)) {
    return ["GITHUB_API_BASE must be a URL such as https://api.github.com."];
  }
  const secure = new URL(base).protocol === "https:";
  return production && !secure ? ["GITHUB_API_BASE must begin with https:// in production."] : [];
}

function productionProblems(settings: Settings, standIns: readonly string[]): string[] {
  const missing = NEEDED_IN_PRODUCTION.filter((name) => given(settings, name) === undefined);
  return [
    ...standIns.map(
      (kind) =>
        `TOLLGATE_ENV=production takes no stand-in, and ${kind} is one: set ${INSTEAD[kind] ?? kind}.`,
    ),
    ...missing.map((name) => `${name} is missing or blank; TOLLGATE_ENV=production needs it.`),
  ];
}

/**
 * Everything that forbids a start, one sentence each, naming the variable to set and never a value. Pure: the
 * supervisor asks for the whole, and each process again for itself (`role: "process"`), so that one started alone
 * refuses too.
 */
export function checkSettings(settings: Settings, role: "supervisor" | "process"): string[] {
  const production = given(settings, "TOLLGATE_ENV") === "production";
  const standIns = (given(settings, "TOLLGATE_STAND_INS") ?? "").split(",").filter(Boolean);
  const problems: string[] = [];

  if (!["local", "production", undefined].includes(given(settings, "TOLLGATE_ENV"))) {
    problems.push("TOLLGATE_ENV must be local or production.");
  }
  if (production) problems.push(...productionProblems(settings, standIns));
  problems.push(...secretProblems(settings, production), ...urlProblems(settings, standIns));
  problems.push(...stripeProblems(settings, production), ...githubProblems(settings, production));

  const [port, gatewayPort] = [given(settings, "PORT"), given(settings, "GATEWAY_PORT")];
  if (port !== undefined && port === gatewayPort && port !== "0") {
    problems.push("PORT and GATEWAY_PORT are the same: the dashboard and the gateway need one each.");
  }
  if (given(settings, "DATABASE_ADMIN_URL") && !given(settings, "DATABASE_URL")) {
    problems.push("DATABASE_ADMIN_URL is set without DATABASE_URL: set both, or neither.");
  }
  if (role === "process") {
    const needed = production ? ["DATABASE_URL"] : ["DATABASE_URL", ...SECRETS];
    for (const name of needed) {
      if (given(settings, name) === undefined) {
        problems.push(`${name} is not set: start everything with npm start, or set it.`);
      }
    }
  }
  return problems;
}
