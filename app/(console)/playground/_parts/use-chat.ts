"use client";

import { useEffect, useRef, useState } from "react";
import type { ChatBody } from "./code-samples";
import { type Delta, readDelta, takeEvents } from "./read-events";
import { forgetTabKey, tabKey } from "./tab-key";

/** One question with its answer, as far as it has come. */
export interface Turn {
  id: number;
  question: string;
  model: string;
  answer: string;
  reasoning: string;
  state: "running" | "done" | "stopped" | "failed";
  finishReason: string | null;
  tokensIn: number | null;
  tokensOut: number | null;
  costUsd: string | null;
  requestId: string | null;
  firstMs: number | null;
  totalMs: number | null;
  error: { status: number | null; code: string; message: string; docUrl: string | null } | null;
}

export interface Chat {
  turns: readonly Turn[];
  running: boolean;
  ask: (question: string, body: ChatBody) => Promise<void>;
  stop: () => void;
  clear: () => void;
}

/** A conversation with the API, straight from this browser and with this tab's own key. */
export function useChat(apiUrl: string): Chat {
  const [turns, setTurns] = useState<readonly Turn[]>([]);
  const [running, setRunning] = useState(false);
  const abort = useRef<AbortController | null>(null);
  const count = useRef(0);
  useEffect(() => () => abort.current?.abort(), []);

  async function ask(question: string, body: ChatBody) {
    const id = ++count.current;
    const controller = new AbortController();
    abort.current = controller;
    const change = (patch: (turn: Turn) => Partial<Turn>) =>
      setTurns((all) => all.map((turn) => (turn.id === id ? { ...turn, ...patch(turn) } : turn)));
    setTurns((all) => [...all, newTurn(id, question, body.model)]);
    setRunning(true);
    const startedAt = performance.now();
    try {
      await stream(apiUrl, body, controller.signal, startedAt, change);
      change(({ state }) => ({
        state: state === "running" ? "done" : state,
        totalMs: performance.now() - startedAt,
      }));
    } catch (reason) {
      const totalMs = performance.now() - startedAt;
      if (controller.signal.aborted) change(() => ({ state: "stopped", totalMs }));
      else {
        const message = reason instanceof TypeError ? "" : reason instanceof Error ? reason.message : "";
        change(() => ({
          state: "failed",
          totalMs,
          error: { status: null, code: "", message, docUrl: null },
        }));
      }
    }
    setRunning(false);
  }

  return { turns, running, ask, stop: () => abort.current?.abort(), clear: () => setTurns([]) };
}

function newTurn(id: number, question: string, model: string): Turn {
  return {
    id,
    question,
    model,
    answer: "",
    reasoning: "",
    state: "running",
    finishReason: null,
    tokensIn: null,
    tokensOut: null,
    costUsd: null,
    requestId: null,
    firstMs: null,
    totalMs: null,
    error: null,
  };
}

type Change = (patch: (turn: Turn) => Partial<Turn>) => void;

async function stream(
  apiUrl: string,
  body: ChatBody,
  signal: AbortSignal,
  startedAt: number,
  change: Change,
): Promise<void> {
  const response = await fetch(`${apiUrl}/v1/chat/completions`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${await tabKey()}`,
      "content-type": "application/json",
      "x-client": "tollgate-playground",
    },
    body: JSON.stringify({
      ...body,
      stream: true,
      stream_options: { include_usage: true },
      usage: { include: true },
    }),
    signal,
    cache: "no-store",
    credentials: "omit",
    referrerPolicy: "no-referrer",
  });
  change(() => ({ requestId: response.headers.get("x-request-id") }));
  if (!response.ok || !response.body) {
    const text = await response.text();
    const error = readDelta(text)?.error ?? { code: "", message: text.slice(0, 300), docUrl: null };
    if (response.status === 401) forgetTabKey();
    change(() => ({ state: "failed", error: { status: response.status, ...error } }));
    return;
  }
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    const taken = takeEvents(rest + part.value);
    rest = taken.rest;
    for (const data of taken.events) {
      const delta = readDelta(data);
      if (delta) change((turn) => added(turn, delta, performance.now() - startedAt));
    }
  }
}

function added(turn: Turn, delta: Delta, nowMs: number): Partial<Turn> {
  const said = delta.text !== "" || delta.reasoning !== "";
  return {
    answer: turn.answer + delta.text,
    reasoning: turn.reasoning + delta.reasoning,
    firstMs: turn.firstMs ?? (said ? nowMs : null),
    finishReason: delta.finishReason ?? turn.finishReason,
    tokensIn: delta.tokensIn ?? turn.tokensIn,
    tokensOut: delta.tokensOut ?? turn.tokensOut,
    costUsd: delta.costUsd ?? turn.costUsd,
    ...(delta.error ? { state: "failed" as const, error: { status: null, ...delta.error } } : {}),
  };
}
