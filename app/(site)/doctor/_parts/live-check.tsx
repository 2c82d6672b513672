"use client";

import { Check, CircleAlert, Globe, Server } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { CopyBlock } from "@/components/data/copy-block";
import { Duration } from "@/components/data/duration";
import { RequestId } from "@/components/data/request-id";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Spinner } from "@/components/ui/spinner";
import { LIVE_STEPS, type LiveResult, type LiveStep } from "@/lib/doctor/live-steps";
import type { DoctorWorld } from "@/lib/doctor/types";
import { hideKeys } from "./hide-keys";
import { useLive } from "./use-live";

/** Tries key and model by real calls to our own API, and gives the same as a line for where the client runs. */
export function LiveCheck({
  world,
  secret,
  model,
}: {
  world: DoctorWorld;
  secret: string | null;
  model: string;
}) {
  const t = useTranslations("doctor");
  const live = useLive(world.apiRoot, secret, model);
  const curl = `curl -i ${world.apiRoot}/v1/models -H 'Authorization: Bearer ${secret ?? "PASTE_YOUR_KEY"}'`;
  return (
    <section aria-labelledby="live" className="grid grid-cols-[minmax(0,1fr)] gap-3">
      <div>
        <h2 id="live" className="font-medium">
          {t("liveTitle")}
        </h2>
        <p className="mt-0.5 max-w-prose text-ink-2">
          {t("liveText", { host: new URL(world.apiRoot).host })}
        </p>
      </div>
      <div className="flex flex-wrap items-center gap-2">
        <Button
          variant="primary"
          disabled={!secret || live.running !== null}
          onClick={() => void live.start("server")}
        >
          <Server aria-hidden="true" />
          {t("fromServer")}
        </Button>
        <Button disabled={!secret || live.running !== null} onClick={() => void live.start("browser")}>
          <Globe aria-hidden="true" />
          {t("fromBrowser")}
        </Button>
        {secret ? null : <p className="text-ink-3 text-xs">{t("needsKey")}</p>}
      </div>
      {live.refused === null ? null : (
        <Alert tone="bad" title={t("notChecked")}>
          {live.refused || t("notReached")}
        </Alert>
      )}
      {live.from === null ? null : (
        <ol
          aria-live="polite"
          className="divide-y rounded-lg border bg-raised"
          data-testid="live"
          aria-label={t(`from.${live.from}`)}
        >
          {LIVE_STEPS.map((step) => (
            <Step
              key={step}
              step={step}
              running={live.running === step}
              result={live.results.find((one) => one.step === step)}
              url={world.apiRoot}
            />
          ))}
        </ol>
      )}
      <p className="max-w-prose text-ink-2 text-xs">{t("curlText")}</p>
      <CopyBlock title={t("curlName")} code={hideKeys(curl)} copyCode={curl} />
    </section>
  );
}

function Step({
  step,
  running,
  result,
  url,
}: {
  step: LiveStep;
  running: boolean;
  result: LiveResult | undefined;
  url: string;
}) {
  const t = useTranslations("doctor");
  const values = { ...result?.values, url };
  return (
    <li className="flex gap-3 px-4 py-3" data-cause={result?.cause}>
      <span className="mt-0.5 grid size-4 shrink-0 place-items-center">
        {running ? <Spinner /> : null}
        {result?.ok ? <Check aria-hidden="true" className="size-4 text-accent-text" /> : null}
        {result && !result.ok ? <CircleAlert aria-hidden="true" className="size-4 text-danger-text" /> : null}
      </span>
      <div className="min-w-0 flex-1 [overflow-wrap:anywhere]">
        <p className={result ? "font-medium" : "text-ink-3"}>
          {result ? t(`live.${result.cause}.title`, values) : t(`steps.${step}`)}
        </p>
        {result ? <p className="text-ink-2">{t(`live.${result.cause}.text`, values)}</p> : null}
        {result ? (
          <p className="mt-1 flex flex-wrap items-center gap-x-4 text-ink-3 text-xs">
            <Duration durationMs={result.durationMs} />
            {result.costUsd ? <span className="num">${result.costUsd}</span> : null}
            {result.code ? (
              <Link href={`/docs/errors/${result.code}`} className="link">
                {result.code}
              </Link>
            ) : null}
            {result.requestId ? <RequestId id={result.requestId} /> : null}
          </p>
        ) : null}
      </div>
    </li>
  );
}
