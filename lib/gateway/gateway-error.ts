import { GATEWAY_ERRORS, type GatewayErrorCode } from "@/lib/gateway/dialects/errors";

export interface GatewayErrorDetail {
  /** For the end user; the catalogue's sentence where nothing more exact can be said. */
  message?: string;
  /** The field to blame, as the caller wrote it. */
  param?: string | null;
  /** More fields of the error body: limit_source, needed_usd, left_usd, top_up_url, ... */
  extra?: Readonly<Record<string, unknown>>;
  /** Rounded up to whole seconds for Retry-After. */
  retryAfterMs?: number | null;
  cause?: unknown;
}

/** A refusal or failure that the caller sees, in the caller's dialect. */
export class GatewayError extends Error {
  override readonly name = "GatewayError";
  readonly code: GatewayErrorCode;
  readonly param: string | null;
  readonly extra: Readonly<Record<string, unknown>> | undefined;
  readonly retryAfterMs: number | null;

  constructor(code: GatewayErrorCode, detail: GatewayErrorDetail = {}) {
    super(detail.message ?? GATEWAY_ERRORS[code].sentence, { cause: detail.cause });
    this.code = code;
    this.param = detail.param ?? null;
    this.extra = detail.extra;
    this.retryAfterMs = detail.retryAfterMs ?? null;
  }

  get status(): number {
    return GATEWAY_ERRORS[this.code].status;
  }
}

/** 400 `invalid_request_error` naming the field. */
export function invalidRequest(message: string, param: string | null = null): GatewayError {
  return new GatewayError("invalid_request_error", { message, param });
}
