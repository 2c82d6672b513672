"use client";

import { useRef, useState } from "react";
import { LIVE_STEPS, type LiveResult, type LiveStep, runLiveStep } from "@/lib/doctor/live-steps";
import { checkLiveAction } from "../actions";
import { sendFromBrowser } from "./send-from-browser";

export type From = "server" | "browser";

export interface Live {
  from: From | null;
  running: LiveStep | null;
  results: readonly LiveResult[];
  /** Why our server would not check at all, in words. */
  refused: string | null;
  start: (from: From) => Promise<void>;
}

/** The three checks, one after the other, from the server or from this browser; a new key or model voids them. */
export function useLive(apiRoot: string, secret: string | null, wanted: string): Live {
  const about = `${secret} ${wanted}`;
  const [state, setState] = useState<Omit<Live, "start"> & { about: string }>({
    about,
    from: null,
    running: null,
    results: [],
    refused: null,
  });
  const turn = useRef(0);

  async function start(from: From) {
    if (!secret) return;
    const mine = ++turn.current;
    let model = wanted;
    const results: LiveResult[] = [];
    for (const step of LIVE_STEPS) {
      if (mine !== turn.current) return;
      setState({ about, from, running: step, results: [...results], refused: null });
      let result: LiveResult;
      if (from === "browser") result = await runLiveStep(sendFromBrowser(apiRoot, secret), step, model);
      else {
        const answer = await checkLiveAction(null, { step, key: secret, model }).catch(() => null);
        if (mine !== turn.current) return;
        if (!answer?.ok) {
          setState({ about, from, running: null, results, refused: answer?.message ?? "" });
          return;
        }
        result = answer.data;
      }
      results.push(result);
      model ||= result.modelIds[0] ?? "";
      if (!result.ok) break;
    }
    if (mine === turn.current) setState({ about, from, running: null, results, refused: null });
  }

  const fresh = state.about === about;
  return {
    from: fresh ? state.from : null,
    running: fresh ? state.running : null,
    results: fresh ? state.results : [],
    refused: fresh ? state.refused : null,
    start,
  };
}
