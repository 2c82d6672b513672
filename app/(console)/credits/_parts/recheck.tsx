"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect, useState, useTransition } from "react";
import { Button } from "@/components/ui/button";

/** Soon at first, then once a minute, for a quarter of an hour. */
const WAITS_MS = [2_000, 2_000, 3_000, 5_000, 8_000, 13_000, 20_000, 30_000, ...Array(13).fill(60_000)];

/** Has the page made again, by itself and on request, while a payment is not settled. */
export function Recheck() {
  const t = useTranslations("credits.notice");
  const router = useRouter();
  const [tries, setTries] = useState(0);
  const [pending, start] = useTransition();

  useEffect(() => {
    const wait = WAITS_MS[tries];
    if (wait === undefined) return;
    const timer = setTimeout(() => {
      setTries(tries + 1);
      if (document.visibilityState === "visible") start(() => router.refresh());
    }, wait);
    return () => clearTimeout(timer);
  }, [tries, router]);

  return (
    <div className="mt-2 flex flex-wrap items-center gap-x-3 gap-y-2">
      <Button size="sm" pending={pending} onClick={() => start(() => router.refresh())}>
        {t("checkAgain")}
      </Button>
      {tries < WAITS_MS.length ? <span className="text-ink-3 text-xs">{t("checking")}</span> : null}
    </div>
  );
}
