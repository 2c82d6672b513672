import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { formatExact } from "@/components/data/format-time";
import { RequestId } from "@/components/data/request-id";
import type { CallDetail } from "@/lib/usage/get-call";
import { approximateSize, endpointPath } from "@/lib/usage/support-bundle";

/** What was asked, with which key, by which program, and how it ended. */
export function CallFacts({ call, timeZone }: { call: CallDetail; timeZone: string }) {
  const t = useTranslations("logs");
  const exact = (at: Date) => <time dateTime={at.toISOString()}>{formatExact(at, timeZone, "en")}</time>;
  const facts: [name: string, value: ReactNode][] = [
    [t("call.arrived"), exact(call.startedAt)],
    [t("call.at"), exact(call.createdAt)],
    [
      t("call.model"),
      <span key="model" className="num break-all">
        {call.modelId}
      </span>,
    ],
    ...(call.askedModel
      ? [
          [
            t("call.asked"),
            <span key="asked" className="num break-all">
              {call.askedModel}
            </span>,
          ] satisfies [string, ReactNode],
        ]
      : []),
    [t("call.key"), <KeyFact key="key" call={call} />],
    [t("call.client"), call.client],
    ...(call.clientTitle ? [[t("call.clientTitle"), call.clientTitle] satisfies [string, ReactNode]] : []),
    [
      t("call.endpoint"),
      <span key="endpoint">
        <span className="num">{endpointPath(call.dialect)}</span>,{" "}
        {call.streamed ? t("call.streamed") : t("call.plain")}
      </span>,
    ],
    [
      t("call.finish"),
      <span key="finish" className="num">
        {call.finishReason ?? "–"}
      </span>,
    ],
    [t("call.requestSize"), approximateSize(call.requestBytes)],
  ];
  return (
    <div className="grid gap-3">
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-6 gap-y-1.5">
        {facts.map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="text-ink-2">{name}</dt>
            <dd className="min-w-0 break-words">{value}</dd>
          </div>
        ))}
      </dl>
      <RequestId id={call.requestId} />
    </div>
  );
}

function KeyFact({ call }: { call: CallDetail }) {
  const t = useTranslations("logs");
  if (!call.keyName) return t("deletedKey");
  return (
    <>
      <Link href={`/tokens/${call.keyId}`} className="link break-words">
        {call.keyName}
      </Link>{" "}
      <span className="num text-ink-3">
        {call.keyPrefix ? `${call.keyPrefix}…${call.keyLastFour ?? ""}` : ""}
      </span>
    </>
  );
}
