import { useTranslations } from "next-intl";
import { Duration } from "@/components/data/duration";
import type { CallDetail } from "@/lib/usage/get-call";

/** Which route served the call, and what was tried before it. */
export function CallRoute({ call }: { call: CallDetail }) {
  const t = useTranslations("logs");
  const { attempts, connectionName, fallbacks } = call;
  const nameOf = (name: string) => name || t("call.routeUnknown");
  const kindOf = (kind: string) => {
    const key = `call.attemptKind.${kind}` as "call.attemptKind.other";
    return t.has(key) ? t(key) : kind.replaceAll("_", " ");
  };
  return (
    <ol className="grid gap-1.5">
      {attempts.map((attempt, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: tries have no other name, and never change.
        <li key={at} className="flex flex-wrap gap-x-3">
          <span className="min-w-0 break-words">{nameOf(attempt.connectionName)}</span>
          <span className="text-danger-text">
            {t("call.attempt", { kind: kindOf(attempt.kind), status: attempt.status ?? 0 })}
          </span>
          <Duration durationMs={attempt.ms} className="ml-auto text-ink-2" />
        </li>
      ))}
      {connectionName === null ? (
        <li className="text-ink-2">{t("call.routeNone")}</li>
      ) : (
        <li className="flex flex-wrap gap-x-3 border-t pt-1.5 first:border-t-0 first:pt-0">
          <span className="min-w-0 break-words font-medium">{nameOf(connectionName)}</span>
          <span className="text-ink-2">
            {attempts.length === 0
              ? fallbacks === 0
                ? t("call.fallbacksNone")
                : t("call.fallbacksTried", { count: fallbacks })
              : t("call.routeTaken")}
          </span>
        </li>
      )}
    </ol>
  );
}
