import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { CopyButton } from "@/components/data/copy-button";
import { type Column, DataTable } from "@/components/data/data-table";
import { Duration } from "@/components/data/duration";
import { Money } from "@/components/data/money";
import { RelativeTime } from "@/components/data/relative-time";
import { Tokens } from "@/components/data/tokens";
import type { CallRow } from "@/lib/usage/call-row";
import { CallStatus, StatusMark } from "./call-status";
import { ModelName } from "./model-name";

/** Calls, newest first; a row opens the call. `brief` leaves out what a glance does not need, `ofOneKey` the key. */
export function CallsTable({
  calls,
  brief = false,
  ofOneKey = false,
  empty,
  footer,
}: {
  calls: readonly CallRow[];
  brief?: boolean;
  ofOneKey?: boolean;
  empty?: ReactNode;
  footer?: ReactNode;
}) {
  const t = useTranslations("logs");
  const columns: Column<CallRow>[] = [
    {
      id: "time",
      header: t("column.time"),
      className: "max-sm:pr-1",
      cell: (call) => <RelativeTime at={call.createdAt} className="text-ink-2" />,
    },
    {
      id: "model",
      header: t("column.model"),
      className: "w-full max-w-0 min-w-24 max-sm:px-1.5",
      cell: (call) => (
        <span className="flex min-w-0 items-center gap-1.5">
          <StatusMark outcome={call.outcome} />
          <ModelName id={call.modelId} />
        </span>
      ),
    },
    ...(ofOneKey ? [] : [keyColumn(t("column.key"), t("deletedKey"), brief)]),
    {
      id: "tokens",
      header: t("column.tokens"),
      numeric: true,
      from: "sm",
      cell: (call) => (
        <span
          className="whitespace-nowrap"
          {...(call.cachedTokens > 0 ? { title: t("cachedTip", { cached: call.cachedTokens }) } : {})}
        >
          <Tokens count={call.tokensIn} />
          <span className="px-1 text-ink-3">/</span>
          <Tokens count={call.tokensOut} />
        </span>
      ),
    },
    {
      id: "cost",
      header: t("column.cost"),
      numeric: true,
      cell: (call) => (
        <span data-testid="call-cost">
          <Money nano={call.costNano} />
        </span>
      ),
    },
    {
      id: "duration",
      header: t("column.duration"),
      numeric: true,
      from: "lg",
      cell: (call) => <Duration durationMs={call.totalMs} className="text-ink-2" />,
    },
    {
      id: "status",
      header: t("column.status"),
      from: "sm",
      cell: (call) => <CallStatus outcome={call.outcome} httpStatus={call.httpStatus} />,
    },
    ...(brief ? [] : [requestColumn(t("column.request"))]),
  ];
  return (
    <DataTable
      caption={t("caption")}
      columns={columns}
      rows={calls}
      rowKey={(call) => call.requestId}
      rowHref={(call) => `/logs/${call.requestId}`}
      empty={empty}
      footer={footer}
    />
  );
}

function keyColumn(header: string, deleted: string, brief: boolean): Column<CallRow> {
  return {
    id: "key",
    header,
    from: "md",
    className: brief ? "max-w-40 xl:max-w-72" : "max-w-40 min-[90rem]:max-w-64",
    cell: ({ keyName, keyId }) => (
      <span title={keyName ?? keyId} className="block truncate">
        {keyName ?? deleted}
      </span>
    ),
  };
}

function requestColumn(header: string): Column<CallRow> {
  return {
    id: "request",
    header,
    from: "lg",
    cell: ({ requestId }) => (
      <span className="flex items-center gap-1">
        <code title={requestId} className="num max-w-28 truncate text-ink-3" data-testid="call-request-id">
          {requestId}
        </code>
        <CopyButton text={requestId} what={header} className="-my-1" />
      </span>
    ),
  };
}
