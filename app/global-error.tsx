"use client";

import "./globals.css";
import { GeistMono } from "geist/font/mono";
import { GeistSans } from "geist/font/sans";
import { useEffect } from "react";
import { findDigest } from "@/components/shell/failure";
import { Button } from "@/components/ui/button";
import ui from "@/lib/messages/en/ui.json";

/** When the root layout itself failed: no catalogue provider, no theme, so it stands on its own. */
export default function GlobalError({ error, retry }: { error: unknown; retry: () => void }) {
  const digest = findDigest(error);
  useEffect(() => {
    const dark = window.matchMedia("(prefers-color-scheme: dark)").matches;
    document.documentElement.classList.toggle("dark", dark);
  }, []);
  return (
    <html lang="en" className={`${GeistSans.variable} ${GeistMono.variable}`}>
      <body>
        <title>{ui.failure.title}</title>
        <main className="mx-auto grid max-w-lg gap-4 px-4 py-[18vh]">
          <div className="grid gap-1">
            <h1 className="font-semibold text-xl tracking-tight">{ui.failure.title}</h1>
            <p className="text-ink-2">{ui.failure.text}</p>
          </div>
          <div className="flex flex-wrap items-center gap-4">
            <Button variant="primary" onClick={() => retry()}>
              {ui.failure.retry}
            </Button>
            {/* A full load on purpose: the running page is broken. */}
            <a href="/" className="link">
              {ui.failure.home}
            </a>
          </div>
          {digest ? (
            <p className="text-ink-3 text-xs">
              {ui.failure.id} <code className="num text-ink-2">{digest}</code>
            </p>
          ) : null}
        </main>
      </body>
    </html>
  );
}
