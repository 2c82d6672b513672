"use client";

import { Download, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { group } from "@/components/data/format-tokens";
import { Button } from "@/components/ui/button";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { Progress } from "@/components/ui/progress";
import { toast } from "@/components/ui/toast";
import { saveExport } from "./save-export";

export interface ExportChoice {
  /** What it is called in the menu. */
  label: string;
  /** `/logs/calls`, without its ending. */
  path: string;
}

interface Running {
  rows: number;
  total: number | null;
}

/** Saves what the page shows, all of it, as CSV or JSON Lines, and says how far it is. */
export function ExportMenu({ choices, query }: { choices: ExportChoice[]; query: string }) {
  const t = useTranslations("logs.export");
  const [running, setRunning] = useState<Running | null>(null);
  const stop = useRef<AbortController | null>(null);

  async function save(path: string, format: "csv" | "jsonl") {
    const controller = new AbortController();
    stop.current = controller;
    setRunning({ rows: 0, total: null });
    try {
      const rows = await saveExport(`${path}.${format}${query}`, format, controller.signal, setRunning);
      if (rows === 0) toast(t("empty"));
      else toast.success(t("done", { done: rows }));
    } catch {
      if (!controller.signal.aborted) toast.error(t("failed"));
    } finally {
      setRunning(null);
    }
  }

  if (running) {
    const { rows, total } = running;
    return (
      <div className="flex h-8 items-center gap-3 max-sm:h-9" role="status">
        <span className="grid w-44 gap-1">
          <span className="num text-ink-2 text-xs">
            {total === null
              ? t("runningUnknown", { done: group(rows) })
              : t("running", { done: group(rows), total: group(total) })}
          </span>
          <Progress value={total ? rows / total : 0} label={t("label")} />
        </span>
        <Button variant="ghost" size="icon" aria-label={t("cancel")} onClick={() => stop.current?.abort()}>
          <X aria-hidden="true" />
        </Button>
      </div>
    );
  }
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button variant="secondary">
          <Download aria-hidden="true" />
          {t("button")}
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent>
        {choices.map(({ label, path }) => (
          <div key={path}>
            <DropdownMenuLabel>{label}</DropdownMenuLabel>
            {(["csv", "jsonl"] as const).map((format) => (
              <DropdownMenuItem key={format} onSelect={() => void save(path, format)}>
                {t(format)}
              </DropdownMenuItem>
            ))}
          </div>
        ))}
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
