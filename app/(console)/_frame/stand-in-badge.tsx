"use client";

import { FlaskConical } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";

const NAMED = ["payments", "mail", "provider"] as const;

/** Says which outside services are stood in for on this machine, and that no real money moves. */
export function StandInBadge({ standIns }: { standIns: string[] }) {
  const t = useTranslations("shell");
  const active = NAMED.filter((name) => standIns.includes(name));
  if (active.length === 0) return null;
  return (
    <Popover>
      <PopoverTrigger asChild>
        <Button
          variant="ghost"
          size="sm"
          className="bg-warn-soft text-warn-text hover:text-warn-text max-sm:px-2"
        >
          <FlaskConical aria-hidden="true" />
          <span className="max-sm:sr-only">{t("standIn.badge")}</span>
        </Button>
      </PopoverTrigger>
      <PopoverContent align="end" className="grid gap-2">
        <p className="font-medium">{t("standIn.title")}</p>
        <ul className="grid gap-1.5 text-ink-2">
          {active.map((name) => (
            <li key={name}>{t(`standIn.${name}`)}</li>
          ))}
        </ul>
        {active.includes("mail") ? (
          <Link href="/sandbox/mail" className="link">
            {t("standIn.outbox")}
          </Link>
        ) : null}
      </PopoverContent>
    </Popover>
  );
}
