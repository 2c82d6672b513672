"use client";

import { TriangleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { RequestId } from "@/components/data/request-id";
import { Button, LinkButton } from "@/components/ui/button";

/** A page that could not be made: what that means for the money, the id in the log, another try. */
export function Failure({ error, retry, home }: { error: unknown; retry: () => void; home: string }) {
  const t = useTranslations("ui");
  const digest = findDigest(error);
  return (
    <div className="mx-auto grid w-full max-w-lg gap-4 px-4 py-[14vh]">
      <span className="grid size-10 place-items-center rounded-full bg-danger-soft text-danger-text">
        <TriangleAlert aria-hidden="true" className="size-5" strokeWidth={1.75} />
      </span>
      <div role="alert" className="grid gap-1">
        <h1 className="font-semibold text-xl tracking-tight">{t("failure.title")}</h1>
        <p className="text-ink-2">{t("failure.text")}</p>
      </div>
      <div className="flex flex-wrap gap-2">
        <Button variant="primary" onClick={() => retry()}>
          {t("failure.retry")}
        </Button>
        <LinkButton href={home}>{t("failure.home")}</LinkButton>
      </div>
      {digest ? <RequestId id={digest} label={t("failure.id")} /> : null}
    </div>
  );
}

/** Next gives each failure on the server a digest, which stands in the log beside the request id. */
export function findDigest(error: unknown): string | null {
  if (typeof error !== "object" || error === null || !("digest" in error)) return null;
  return typeof error.digest === "string" ? error.digest : null;
}
