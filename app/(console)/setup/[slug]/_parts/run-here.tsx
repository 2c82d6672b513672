"use client";

import { Play } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { RequestId } from "@/components/data/request-id";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import type { ApiReply } from "./call-api";

/** The button that makes a call from this browser, and what came of it: `children` if it went well. */
export function RunHere({
  running,
  reply,
  host,
  missing,
  onRun,
  children,
}: {
  running: boolean;
  reply: ApiReply | null;
  host: string;
  /** What has to be given first; the button waits for it. */
  missing: string | null;
  onRun: () => void;
  children: ReactNode;
}) {
  const t = useTranslations("setup.run");
  return (
    <div className="grid gap-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <Button variant="primary" pending={running} disabled={missing !== null} onClick={onRun}>
          {running ? null : <Play aria-hidden="true" />}
          {reply ? t("again") : t("here")}
        </Button>
        {missing ? <p className="text-ink-3 text-xs">{missing}</p> : null}
        {running ? <p className="text-ink-3 text-xs">{t("running", { host })}</p> : null}
      </div>
      <div aria-live="polite" className="empty:hidden">
        {reply === null || running ? null : reply.ok ? children : <CallFailure reply={reply} />}
      </div>
    </div>
  );
}

/** The very error, with its request id and its page in the docs. */
function CallFailure({ reply }: { reply: Extract<ApiReply, { ok: false }> }) {
  const t = useTranslations("setup.failure");
  const { url } = reply;
  switch (reply.kind) {
    case "network":
      return (
        <Alert tone="bad" title={t("network", { url })}>
          {t("networkHint")}
        </Alert>
      );
    case "timeout":
      return (
        <Alert tone="bad" title={t("timeout", { url, seconds: reply.seconds })}>
          {t("networkHint")}
        </Alert>
      );
    case "notJson":
      return (
        <Alert tone="bad" title={t("notJson", { url })}>
          {t("notJsonHint", { status: reply.status })}
        </Alert>
      );
    case "api":
      return (
        <Alert tone="bad" title={t("api", { status: reply.status, code: reply.code })}>
          <p className="break-words">{reply.message}</p>
          {reply.docUrl ? (
            <a className="link" href={reply.docUrl}>
              {t("docs")}
            </a>
          ) : null}
          {reply.requestId ? <RequestId id={reply.requestId} /> : null}
        </Alert>
      );
  }
}
