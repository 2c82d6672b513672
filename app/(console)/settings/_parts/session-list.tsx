"use client";

import { Laptop, Smartphone } from "lucide-react";
import { useTranslations } from "next-intl";
import { RelativeTime } from "@/components/data/relative-time";
import { ActionButton } from "@/components/form/action-button";
import { Badge } from "@/components/ui/badge";
import { toast } from "@/components/ui/toast";
import { endOtherSessionsAction, endSessionAction } from "../actions";

export interface SessionRow {
  id: string;
  browser: string | null;
  system: string | null;
  ip: string | null;
  createdAt: string;
  lastSeenAt: string;
  current: boolean;
}

const PHONES = new Set(["iPhone", "iPad", "Android"]);

/** Every signed-in browser, this one first; any of them can be ended. */
export function SessionList({ sessions }: { sessions: SessionRow[] }) {
  const t = useTranslations("settings.sessions");
  function device({ browser, system }: SessionRow): string {
    return browser && system ? t("device", { browser, system }) : (browser ?? system ?? t("unknown"));
  }
  return (
    <ul className="rounded-lg border bg-raised">
      {sessions.map((session) => {
        const Icon = PHONES.has(session.system ?? "") ? Smartphone : Laptop;
        return (
          <li key={session.id} className="flex items-center gap-3 border-b px-4 py-3 last:border-b-0">
            <Icon aria-hidden="true" className="size-5 shrink-0 text-ink-3" strokeWidth={1.5} />
            <div className="min-w-0 flex-1">
              <p className="flex flex-wrap items-center gap-x-2 gap-y-1 font-medium">
                {device(session)}
                {session.current ? <Badge tone="good">{t("current")}</Badge> : null}
              </p>
              <p className="flex flex-wrap gap-x-3 text-ink-3 text-xs">
                <span>
                  {t("seen")} <RelativeTime at={session.lastSeenAt} />
                </span>
                <span>
                  {t("since")} <RelativeTime at={session.createdAt} />
                </span>
                <span className="num break-all">{session.ip ?? t("noAddress")}</span>
              </p>
            </div>
            {session.current ? null : (
              <ActionButton
                size="sm"
                aria-label={t("endNamed", { device: device(session) })}
                action={endSessionAction}
                input={{ sessionId: session.id }}
                onSuccess={() => toast.success(t("ended"))}
              >
                {t("end")}
              </ActionButton>
            )}
          </li>
        );
      })}
    </ul>
  );
}

export function EndOthersButton() {
  const t = useTranslations("settings.sessions");
  return (
    <ActionButton
      action={endOtherSessionsAction}
      input={{}}
      onSuccess={({ ended }) => toast.success(t("endedOthers", { ended }))}
    >
      {t("endOthers")}
    </ActionButton>
  );
}
