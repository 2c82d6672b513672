import { z } from "zod";
import { readBaseUrl } from "@/lib/catalog/base-url";
import { DIALECTS } from "@/lib/catalog/dialects";
import { UNPRINTABLE } from "@/lib/catalog/model-input";
import type { ConnectionKind } from "@/prisma/generated/client";

export const ConnectionName = z
  .string()
  .trim()
  .min(1)
  .max(60)
  .refine((name) => !UNPRINTABLE.test(name), "unprintable");

/** An upstream's address: http or https, no credentials in it; `readBaseUrl` makes of it what is kept. */
export const UpstreamUrl = z
  .string()
  .trim()
  .max(500)
  .transform((text, context) => {
    const url = URL.canParse(text) ? new URL(text) : null;
    if (!url || (url.protocol !== "http:" && url.protocol !== "https:") || !url.hostname) {
      context.addIssue({ code: "custom", message: "url" });
      return z.NEVER;
    }
    if (url.username || url.password) {
      context.addIssue({ code: "custom", message: "urlCredentials" });
      return z.NEVER;
    }
    return url.href;
  });

const HEADER_NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}$/;
const OURS = new Set([
  "host",
  "content-length",
  "content-type",
  "transfer-encoding",
  "connection",
  "accept-encoding",
]);

/** Extra headers, each as `Name: value`. */
const Headers = z
  .array(z.string().max(4_000))
  .max(30)
  .transform((lines, context) => {
    const headers: Record<string, string> = {};
    for (const line of lines) {
      const colon = line.indexOf(":");
      const name = line.slice(0, colon).trim().toLowerCase();
      const value = line.slice(colon + 1).trim();
      if (
        colon < 1 ||
        UNPRINTABLE.test(line) ||
        !HEADER_NAME.test(name) ||
        OURS.has(name) ||
        !/^[\x20-\x7e]+$/.test(value)
      ) {
        context.addIssue({ code: "custom", message: "header" });
      } else {
        headers[name] = value;
      }
    }
    return headers;
  });

const timeout = z.number().int().min(100).max(3_600_000);

/** Kinds as people write them; Prisma's have an underscore. */
export const CONNECTION_KINDS = ["openai-compatible", "azure", "anthropic", "google"] as const;

const kind = z
  .enum(CONNECTION_KINDS)
  .transform((text): ConnectionKind => (text === "openai-compatible" ? "openai_compatible" : text));

const dialects = z.array(z.enum(DIALECTS)).max(DIALECTS.length);

export const NewConnection = z
  .object({
    name: ConnectionName,
    kind,
    url: UpstreamUrl,
    key: z
      .string()
      .trim()
      .max(4_000)
      .refine((key) => /^[\x21-\x7e]*$/.test(key), "unprintable")
      .nullish(),
    headers: Headers.default({}),
    apiVersion: z
      .string()
      .trim()
      .regex(/^[\w.-]{1,50}$/, "apiVersion")
      .nullish(),
    /** Empty: what its kind and host are known to speak. */
    dialects: dialects.default([]),
    allowPrivate: z.boolean().default(false),
    firstByteTimeoutMs: timeout.default(60_000),
    plainTimeoutMs: timeout.default(600_000),
    idleTimeoutMs: timeout.default(60_000),
  })
  .transform(({ url, apiVersion, ...wanted }, context) => {
    const fixed = wanted.kind === "anthropic" || wanted.kind === "google";
    if (fixed && wanted.dialects.length > 0) {
      context.addIssue({ code: "custom", message: "dialectsFixed", path: ["dialects"] });
      return z.NEVER;
    }
    const read = readBaseUrl(wanted.kind, url, apiVersion ?? null);
    if (read.ok) return { ...wanted, baseUrl: read.baseUrl, apiVersion: read.apiVersion };
    context.addIssue({ code: "custom", message: read.message, path: [read.field] });
    return z.NEVER;
  });
export type NewConnectionInput = z.input<typeof NewConnection>;
