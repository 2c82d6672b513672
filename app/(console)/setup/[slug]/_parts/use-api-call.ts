"use client";

import { useEffect, useRef, useState } from "react";
import { type ApiReply, callApi } from "./call-api";

interface ApiCall {
  running: boolean;
  reply: ApiReply | null;
  run: (url: string, secret: string, body?: unknown) => Promise<void>;
}

/** One call at a time; a change of `about` (another key or model) makes the last reply void. */
export function useApiCall(about: string): ApiCall {
  const [running, setRunning] = useState(false);
  const [last, setLast] = useState<{ about: string; reply: ApiReply } | null>(null);
  const abort = useRef<AbortController | null>(null);
  useEffect(() => () => abort.current?.abort(), []);

  async function run(url: string, secret: string, body?: unknown) {
    abort.current?.abort();
    const controller = new AbortController();
    abort.current = controller;
    setRunning(true);
    const reply = await callApi(url, secret, { body, signal: controller.signal });
    if (controller.signal.aborted) return;
    setLast({ about, reply });
    setRunning(false);
  }

  return { running, reply: last?.about === about ? last.reply : null, run };
}
