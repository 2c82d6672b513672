import { z } from "zod";
import { API_FIELDS } from "@/lib/api/field-names";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { fieldMessage } from "@/lib/http/field-message";
import { log } from "@/lib/log";
import { errorText } from "@/lib/messages/error-text";

/** Refusals that only this API has; the rest are the verbs' own (lib/errors.ts). */
export const API_ERROR_STATUS = {
  invalid_api_key: 401,
  wrong_key_type: 401,
  api_key_expired: 401,
  ip_not_allowed: 403,
  unknown_endpoint: 404,
  method_not_allowed: 405,
  idempotency_key_reused: 422,
} as const;
export type ApiErrorCode = keyof typeof API_ERROR_STATUS;

/** A refusal of the edge itself. `message` is a key of the catalogue's `errors` section. */
export class ApiError extends Error {
  override readonly name = "ApiError";

  constructor(
    readonly code: ApiErrorCode,
    message: string,
    readonly values: Record<string, string | number> = {},
    readonly headers: Record<string, string> = {},
  ) {
    super(message);
  }
}

interface Refusal {
  status: number;
  code: string;
  message: string;
  fields?: Record<string, string>;
  headers?: Record<string, string>;
}

/** Anything thrown, as the one shape of error that this API has. What is no refusal is logged and hidden. */
export function errorResponse(error: unknown, requestId: string): Response {
  const { status, code, message, fields, headers } = toRefusal(error, requestId);
  const [field] = Object.keys(fields ?? {});
  const body = {
    error: {
      code,
      message,
      ...(fields ? { field, fields } : {}),
      request_id: requestId,
      doc_url: `${env().publicUrl}/docs/api#errors`,
    },
  };
  return Response.json(body, { status, headers: headers ?? {} });
}

function toRefusal(error: unknown, requestId: string): Refusal {
  if (error instanceof z.ZodError) {
    const fields = fieldsOf(error);
    const [first] = Object.entries(fields);
    return {
      status: 400,
      code: "invalid_input",
      message: first ? `${first[0]}: ${first[1]}` : (errorText("invalid") ?? ""),
      fields,
    };
  }
  if (error instanceof ApiError) {
    const { code, headers } = error;
    return {
      status: API_ERROR_STATUS[code],
      code,
      message: errorText(error.message, error.values) ?? error.message,
      headers,
    };
  }
  if (error instanceof AppError) {
    const message = errorText(error.message, error.values) ?? error.message;
    if (error.status >= 500) log.error({ requestId, err: error }, "a call of the management API failed");
    const { seconds } = error.values;
    const wait: Record<string, string> =
      error.code === "too_many" && seconds !== undefined ? { "retry-after": String(seconds) } : {};
    if (error.field === undefined) return { status: error.status, code: error.code, message, headers: wait };
    const name = API_FIELDS[error.field] ?? error.field;
    const { status, code } = error;
    return { status, code, message: `${name}: ${message}`, fields: { [name]: message } };
  }
  log.error({ requestId, err: error }, "a call of the management API failed");
  return { status: 500, code: "internal", message: errorText("internal", { requestId }) ?? "" };
}

/** The first sentence about each field, by the name that the caller wrote. */
function fieldsOf(error: z.ZodError): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const issue of error.issues) {
    if (issue.code === "unrecognized_keys") {
      for (const key of issue.keys) fields[key.slice(0, 100)] ??= errorText("unknownField") ?? "";
      continue;
    }
    const [first, ...rest] = issue.path.map(String);
    const name = [first === undefined ? "body" : (API_FIELDS[first] ?? first), ...rest].join(".");
    fields[name] ??= fieldMessage(issue, errorText);
  }
  return fields;
}
