import { useTranslations } from "next-intl";
import { Duration } from "@/components/data/duration";
import type { CallDetail } from "@/lib/usage/get-call";

/** Where the time went: before the provider was asked, until its first byte, and while it answered. */
export function CallTimes({ call }: { call: CallDetail }) {
  const t = useTranslations("logs");
  const answered = call.firstByteMs !== null;
  const first = Math.max(call.firstByteMs ?? call.totalMs, call.queuedMs);
  const parts = [
    { name: t("call.queued"), ms: call.queuedMs, color: "bg-ink/25" },
    {
      name: answered ? t("call.firstByte") : t("call.noFirstByte"),
      ms: first - call.queuedMs,
      color: "bg-ink/50",
    },
    { name: t("call.answer"), ms: answered ? Math.max(0, call.totalMs - first) : 0, color: "bg-accent" },
  ].filter((part, at) => at < 2 || part.ms > 0);
  const total = Math.max(1, call.totalMs);
  return (
    <div className="grid gap-3">
      <div aria-hidden="true" className="flex h-2 overflow-hidden rounded-full bg-ink/8">
        {parts.map(({ name, ms, color }) => (
          <span key={name} className={color} style={{ width: `${Math.min(100, (ms / total) * 100)}%` }} />
        ))}
      </div>
      <dl className="grid gap-1.5">
        {parts.map(({ name, ms, color }) => (
          <div key={name} className="flex items-center gap-2">
            <span aria-hidden="true" className={`size-2 rounded-xs ${color}`} />
            <dt className="text-ink-2">{name}</dt>
            <dd className="ml-auto">
              <Duration durationMs={ms} />
            </dd>
          </div>
        ))}
        <div className="flex items-center gap-2 border-t pt-1.5 font-medium">
          <dt>{t("call.total")}</dt>
          <dd className="ml-auto">
            <Duration durationMs={call.totalMs} />
          </dd>
        </div>
      </dl>
    </div>
  );
}
