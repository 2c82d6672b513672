import type { ErrorCode } from "@/lib/errors";

/** What a server action answers: data, or a message by its field with everything that was typed. */
export type Result<T> =
  | { ok: true; data: T }
  | {
      ok: false;
      code: ErrorCode;
      message: string;
      fields: Record<string, string>;
      requestId: string;
      values: Record<string, string>;
    };
