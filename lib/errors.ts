/** Every way in which a verb can refuse, and the HTTP status that an edge answers with. */
export const ERROR_STATUS = {
  invalid_input: 400,
  not_signed_in: 401,
  wrong_credentials: 401,
  not_verified: 403,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  gone: 410,
  too_large: 413,
  too_many: 429,
  payment_failed: 402,
  unavailable: 503,
  internal: 500,
} as const;

export type ErrorCode = keyof typeof ERROR_STATUS;

/**
 * A refusal that people may read. `message` is a key of the text catalogue's `errors` section, filled in with
 * `values`; `field` names the input it belongs to. Anything that is not an AppError is answered as `internal`.
 */
export class AppError extends Error {
  override readonly name = "AppError";
  readonly code: ErrorCode;
  readonly values: Record<string, string | number>;
  readonly field: string | undefined;

  constructor(
    code: ErrorCode,
    message: string,
    options: { values?: Record<string, string | number>; field?: string; cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause });
    this.code = code;
    this.values = options.values ?? {};
    this.field = options.field;
  }

  get status(): number {
    return ERROR_STATUS[this.code];
  }
}

/** Another tenant's id answers exactly like a missing one. */
export function notFound(what: string): AppError {
  return new AppError("not_found", "notFound", { values: { what } });
}
