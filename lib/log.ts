import pino from "pino";
import { env } from "@/lib/env";

/** One JSON line an event, UTC. Credentials are removed here, whatever a caller hands over. */
export const log = pino({
  level: env().LOG_LEVEL,
  base: undefined,
  timestamp: pino.stdTimeFunctions.isoTime,
  redact: {
    paths: [
      "authorization",
      "cookie",
      "password",
      "secret",
      "token",
      "key",
      "*.authorization",
      "*.cookie",
      "*.password",
      "*.secret",
      "*.token",
      "*.key",
      "headers.authorization",
      "headers.cookie",
      'headers["x-api-key"]',
      'headers["api-key"]',
      "req.headers",
    ],
    censor: "[removed]",
  },
});
