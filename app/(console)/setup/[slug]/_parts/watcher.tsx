"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import { Duration } from "@/components/data/duration";
import { RequestId } from "@/components/data/request-id";
import { Alert } from "@/components/ui/alert";
import { LinkButton } from "@/components/ui/button";
import { Spinner } from "@/components/ui/spinner";
import { CLIENT_RULES } from "@/lib/doctor/client-rules";
import { explainCall } from "./explain-call";
import type { Setup } from "./use-setup";
import { useWatch, type Watched } from "./use-watch";

/** Waits for the first call with the chosen key: green when it came, else what arrived and what to change. */
export function Watcher({ setup }: { setup: Setup }) {
  const t = useTranslations("setup.watch");
  const { call, lost } = useWatch(setup.key?.id ?? null);
  if (!setup.key) return <p className="text-ink-3">{t("needsKey")}</p>;
  if (!call) {
    return (
      <p role="status" className="flex items-center gap-2 text-ink-2" data-testid="watching">
        <Spinner />
        {lost ? t("lost") : t("waiting", { name: setup.key.name })}
      </p>
    );
  }
  return explainCall(call) === null ? <Arrived call={call} /> : <Failed call={call} setup={setup} />;
}

function clientOf(call: Watched): string {
  return CLIENT_RULES[call.client]?.name ?? call.client;
}

function Arrived({ call }: { call: Watched }) {
  const t = useTranslations("setup.watch");
  return (
    <Alert tone="good" title={t("arrived", { client: clientOf(call) })}>
      <p className="flex flex-wrap items-center gap-x-4 gap-y-1 text-xs">
        <span className="num">{call.modelId}</span>
        <span>
          {call.firstByteMs === null ? null : (
            <>
              {t("first")} <Duration durationMs={call.firstByteMs} />,{" "}
            </>
          )}
          {t("whole")} <Duration durationMs={call.totalMs} />
        </span>
        <span>{call.streamed ? t("streamed") : t("plain")}</span>
        <RequestId id={call.requestId} />
      </p>
      <div className="mt-2">
        <LinkButton href={`/logs/${call.requestId}`} size="sm">
          {t("see")}
        </LinkButton>
      </div>
    </Alert>
  );
}

function Failed({ call, setup }: { call: Watched; setup: Setup }) {
  const t = useTranslations("setup.watch");
  const trouble = explainCall(call) ?? "other";
  const { client, facts } = setup;
  const values = {
    client: clientOf(call),
    asked: call.askedModel ?? call.modelId ?? "",
    model: facts.model.id,
    address: client.v1.included ? facts.base : facts.root,
    code: call.errorCode ?? "",
    status: call.httpStatus,
  };
  return (
    <Alert tone="bad" title={t(`failed.${trouble}.title`, values)}>
      <p className="break-words">{t(`failed.${trouble}.text`, values)}</p>
      <p className="mt-1 flex flex-wrap items-center gap-x-4 gap-y-1 text-xs">
        <span className="num">
          {call.httpStatus} {call.errorCode}
        </span>
        {call.errorCode ? (
          <Link href={`/docs/errors/${call.errorCode}`} className="link">
            {t("docs")}
          </Link>
        ) : null}
        <Link href={`/doctor?client=${client.slug}`} className="link">
          {t("doctor")}
        </Link>
        <RequestId id={call.requestId} />
      </p>
      <p className="mt-1 text-xs">{t("still")}</p>
    </Alert>
  );
}
