"use client";

import { useEffect, useState } from "react";
import type { WatchedCall } from "@/lib/doctor/find-key-calls";
import { isOwnCall } from "./own-calls";

const POLL_MS = 1_500;
const SLOW_POLL_MS = 6_000;
/** Nobody waits this long beside the page. */
const SLOW_AFTER_MS = 10 * 60_000;
const TIMEOUT_MS = 5_000;
const LOST_AFTER = 3;

export type Watched = Omit<WatchedCall, "createdAt"> & { createdAt: string };

/** The newest call with a key since this page began to watch it, the page's own left out. Asks while it is seen. */
export function useWatch(keyId: string | null): { call: Watched | null; lost: boolean } {
  const [state, setState] = useState<{ keyId: string | null; call: Watched | null; failures: number }>({
    keyId,
    call: null,
    failures: 0,
  });

  useEffect(() => {
    if (!keyId) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let ended = false;
    let since: number | null = null;
    const startedAt = Date.now();

    async function look() {
      clearTimeout(timer);
      if (ended || document.visibilityState !== "visible") return;
      try {
        const query = new URLSearchParams({
          key: keyId ?? "",
          ...(since === null ? {} : { since: String(since) }),
        });
        const answer = await fetch(`/setup/first-call.json?${query}`, {
          signal: AbortSignal.timeout(TIMEOUT_MS),
          cache: "no-store",
        });
        if (!answer.ok) throw new Error(`status ${answer.status}`);
        const found = (await answer.json()) as { nowMs: number; calls: Watched[] };
        if (ended) return;
        since ??= found.nowMs;
        const call = found.calls.find(({ requestId }) => !isOwnCall(requestId)) ?? null;
        setState((was) => ({ keyId, call: call ?? (was.keyId === keyId ? was.call : null), failures: 0 }));
      } catch {
        if (!ended) setState((was) => ({ ...was, failures: was.failures + 1 }));
      }
      if (!ended) timer = setTimeout(look, Date.now() - startedAt > SLOW_AFTER_MS ? SLOW_POLL_MS : POLL_MS);
    }
    const onVisible = () => void look();
    void look();
    document.addEventListener("visibilitychange", onVisible);
    return () => {
      ended = true;
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", onVisible);
    };
  }, [keyId]);

  const fresh = state.keyId === keyId;
  return { call: fresh ? state.call : null, lost: state.failures >= LOST_AFTER };
}
