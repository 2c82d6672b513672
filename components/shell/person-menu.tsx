"use client";

import { ChevronsUpDown, LogOut, Settings } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useTransition } from "react";
import { forgetSecrets } from "@/components/data/secret-memory";
import { cn } from "@/components/ui/cn";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";

/** Who is signed in, with the way out. `signOut` is a server action that redirects. */
export function PersonMenu({
  email,
  signOut,
  inSheet = false,
  onNavigate,
}: {
  email: string;
  signOut: () => Promise<unknown>;
  inSheet?: boolean;
  onNavigate?: () => void;
}) {
  const t = useTranslations("shell");
  const [leaving, startLeaving] = useTransition();
  const hide = inSheet ? "" : "max-wide:hidden";
  return (
    <div className="border-t p-2">
      <DropdownMenu>
        <DropdownMenuTrigger
          aria-label={t("personMenu", { email })}
          className={cn(
            "flex w-full items-center gap-2 rounded-md text-left transition-colors duration-150 hover:bg-ink/5 data-[state=open]:bg-ink/5",
            inSheet ? "h-11 px-2" : "h-10 px-2 max-wide:size-10 max-wide:justify-center max-wide:px-0",
          )}
        >
          <span
            aria-hidden="true"
            className="grid size-6 shrink-0 place-items-center rounded-full bg-ink/10 font-medium text-ink-2 text-xs uppercase"
          >
            {email.slice(0, 1)}
          </span>
          <span className={cn("min-w-0 flex-1 truncate text-ink-2", hide)}>{email}</span>
          <ChevronsUpDown aria-hidden="true" className={cn("size-3.5 shrink-0 text-ink-3", hide)} />
        </DropdownMenuTrigger>
        <DropdownMenuContent align="start" side="top" className="w-56">
          <DropdownMenuLabel className="truncate">{email}</DropdownMenuLabel>
          <DropdownMenuItem asChild>
            <Link href="/settings" onClick={onNavigate}>
              <Settings aria-hidden="true" />
              {t("place.settings")}
            </Link>
          </DropdownMenuItem>
          <DropdownMenuSeparator />
          <DropdownMenuItem
            disabled={leaving}
            onSelect={() =>
              startLeaving(async () => {
                forgetSecrets();
                await signOut();
              })
            }
          >
            <LogOut aria-hidden="true" />
            {t("signOut")}
          </DropdownMenuItem>
        </DropdownMenuContent>
      </DropdownMenu>
    </div>
  );
}
