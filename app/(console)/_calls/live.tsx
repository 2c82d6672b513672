"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { startTransition, useEffect, useRef, useState } from "react";
import { Tooltip } from "@/components/ui/tooltip";

const SOURCE = "/logs/newest.json";
const POLL_MS = 400;
const IDLE_POLL_MS = 5_000;
/** Without a sign of a person for this long, asking less often is enough. */
const IDLE_AFTER_MS = 15 * 60_000;
const TIMEOUT_MS = 4_000;
const FAILURES_SHOWN = 3;
const SIGNS = ["pointermove", "keydown", "scroll", "touchstart"] as const;

/**
 * Asks, while the page is looked at, whether there is a newer call than `newest`, and has the page made again when
 * there is. The page keeps its scroll, focus and everything typed. Says so when the server cannot be reached.
 */
export function Live({ newest }: { newest: string | null }) {
  const t = useTranslations("logs");
  const router = useRouter();
  const [failures, setFailures] = useState(0);
  const shown = useRef(newest);
  useEffect(() => {
    shown.current = newest;
  }, [newest]);

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let ended = false;
    let lastSign = Date.now();

    async function look() {
      clearTimeout(timer);
      if (ended || document.visibilityState !== "visible") return;
      try {
        const answer = await fetch(SOURCE, { signal: AbortSignal.timeout(TIMEOUT_MS), cache: "no-store" });
        if (!answer.ok) throw new Error(`status ${answer.status}`);
        const found = (await answer.json()) as { newest: string | null };
        if (ended) return;
        setFailures(0);
        if (found.newest !== shown.current) {
          shown.current = found.newest;
          startTransition(() => router.refresh());
        }
      } catch {
        if (!ended) setFailures((count) => count + 1);
      }
      const idle = Date.now() - lastSign > IDLE_AFTER_MS;
      clearTimeout(timer);
      if (!ended) timer = setTimeout(look, idle ? IDLE_POLL_MS : POLL_MS);
    }
    const onSign = () => {
      lastSign = Date.now();
    };
    const onVisible = () => {
      onSign();
      void look();
    };
    timer = setTimeout(look, POLL_MS);
    document.addEventListener("visibilitychange", onVisible);
    for (const sign of SIGNS) window.addEventListener(sign, onSign, { passive: true });
    return () => {
      ended = true;
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", onVisible);
      for (const sign of SIGNS) window.removeEventListener(sign, onSign);
    };
  }, [router]);

  const lost = failures >= FAILURES_SHOWN;
  return (
    <Tooltip content={lost ? t("reconnectingTip") : t("liveTip")}>
      <span
        role="status"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: its explanation must be reachable by keyboard.
        tabIndex={0}
        className={`inline-flex items-center gap-1.5 rounded-sm text-xs ${lost ? "text-warn-text" : "text-ink-3"}`}
      >
        <span
          aria-hidden="true"
          className={`size-1.5 rounded-full ${lost ? "animate-breathe bg-warn" : "bg-accent"}`}
        />
        {lost ? t("reconnecting") : t("live")}
      </span>
    </Tooltip>
  );
}
