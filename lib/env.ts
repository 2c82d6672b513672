import { z } from "zod";

/** The only reader of process.env in app, components and lib. Everything else asks `env()`. */

const blankAsUnset = (value: unknown) =>
  typeof value === "string" && value.trim() === "" ? undefined : value;
const text = z.preprocess(blankAsUnset, z.string().trim().optional());
const port = (fallback: number) =>
  z.preprocess(blankAsUnset, z.coerce.number().int().min(0).max(65535).default(fallback));

const Schema = z.object({
  DATABASE_URL: text,
  DATABASE_ADMIN_URL: text,
  PORT: port(3000),
  GATEWAY_PORT: port(4100),
  GATEWAY_WORKERS: z.preprocess(blankAsUnset, z.coerce.number().int().min(1).max(64).default(1)),
  PUBLIC_URL: text,
  PUBLIC_API_URL: text,
  STRIPE_SECRET_KEY: text,
  STRIPE_WEBHOOK_SECRET: text,
  STRIPE_API_BASE: text,
  GITHUB_API_BASE: text,
  SMTP_URL: text,
  MAIL_FROM: text,
  SUPPORT_ADDRESS: text,
  NEXTAUTH_SECRET: text,
  NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: text,
  TOLLGATE_KEY_PEPPER: text,
  TOLLGATE_ENCRYPTION_KEY: text,
  TOLLGATE_PROXY_HOPS: z.preprocess(blankAsUnset, z.coerce.number().int().min(0).max(10).default(0)),
  TOLLGATE_METRICS_TOKEN: text,
  /** Who operates this gateway, as the public pages name them. */
  TOLLGATE_OPERATOR: text,
  TOLLGATE_DATA_DIR: z.preprocess(blankAsUnset, z.string().default(".data")),
  TOLLGATE_ENV: z.preprocess(blankAsUnset, z.enum(["local", "production"]).default("local")),
  /** Set by the supervisor: which stand-ins of local use it started, comma-separated: payments, mail, provider. */
  TOLLGATE_STAND_INS: text,
  /** Set by the supervisor: where the stand-ins listen, always on loopback. */
  TOLLGATE_SANDBOX_URL: text,
  NODE_ENV: text,
  LOG_LEVEL: z.preprocess(
    blankAsUnset,
    z.enum(["silent", "fatal", "error", "warn", "info", "debug"]).default("info"),
  ),
});

export type Env = z.infer<typeof Schema> & {
  /** Origin of the dashboard, without a trailing slash. */
  publicUrl: string;
  /** Origin of the gateway, without a trailing slash and without /v1. */
  publicApiUrl: string;
  production: boolean;
  standIns: ReadonlySet<string>;
};

let cached: Env | undefined;

/** The checked environment. Throws an Error that names every variable that is wrong, never its value. */
export function env(): Env {
  if (cached) return cached;
  const parsed = Schema.safeParse(process.env);
  if (!parsed.success) {
    const names = parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
    throw new Error(`Wrong settings in the environment: ${names.join("; ")}`);
  }
  const values = parsed.data;
  const origin = (url: string | undefined, fallbackPort: number) =>
    (url ?? `http://localhost:${fallbackPort}`).replace(/\/+$/, "").replace(/\/v1$/, "");
  cached = {
    ...values,
    publicUrl: origin(values.PUBLIC_URL, values.PORT),
    publicApiUrl: origin(values.PUBLIC_API_URL, values.GATEWAY_PORT),
    production: values.TOLLGATE_ENV === "production",
    standIns: new Set((values.TOLLGATE_STAND_INS ?? "").split(",").filter(Boolean)),
  };
  // next-auth reads its own address from here.
  process.env.NEXTAUTH_URL = cached.publicUrl;
  return cached;
}

/** For tests that change the environment. */
export function forgetEnv(): void {
  cached = undefined;
}
