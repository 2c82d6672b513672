import { unstable_rethrow } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { AppError } from "@/lib/errors";
import { fieldMessage } from "@/lib/http/field-message";
import type { Result } from "@/lib/http/result";
import { typedValues } from "@/lib/http/typed-values";
import { log } from "@/lib/log";

/**
 * Runs `work` and turns every way of failing into a refusal that a form can show. Redirects and the framework's
 * other signals pass. What is not an AppError is logged under the request id and answered as `internal`.
 */
export async function settleResult<T>(
  requestId: string,
  input: Record<string, unknown>,
  work: () => Promise<T>,
): Promise<Result<T>> {
  try {
    return { ok: true, data: await work() };
  } catch (error) {
    unstable_rethrow(error);
    const t = await getTranslations("errors");
    const translate = (key: string, values: Record<string, string | number> = {}) =>
      t.has(key as "internal") ? t(key as "internal", values as Record<string, string>) : null;
    const refusal = { ok: false as const, requestId, values: typedValues(input), fields: {} };
    if (error instanceof z.ZodError) {
      const fields: Record<string, string> = {};
      for (const issue of error.issues) {
        const field = issue.path.join(".");
        fields[field] ??= fieldMessage(issue, translate);
      }
      return { ...refusal, code: "invalid_input", message: t("checkFields"), fields };
    }
    if (error instanceof AppError) {
      if (error.status >= 500)
        log.error({ requestId, err: error.message, cause: error.cause }, "action refused");
      const message = translate(error.message, error.values) ?? t("internal", { requestId });
      const fields = error.field ? { [error.field]: message } : {};
      return { ...refusal, code: error.code, message, fields };
    }
    log.error({ requestId, err: error }, "action failed");
    return { ...refusal, code: "internal", message: t("internal", { requestId }) };
  }
}
