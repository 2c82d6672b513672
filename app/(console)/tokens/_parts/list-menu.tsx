"use client";

import { AlarmClock, Ellipsis, Siren } from "lucide-react";
import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { ReminderDialog } from "./reminder-dialog";
import { RotateAllDialog } from "./rotate-all-dialog";

/** What can be done with all keys at once. `reminderDays`: when a secret is old; 0: never. */
export function ListMenu({ reminderDays }: { reminderDays: number }) {
  const t = useTranslations("tokens");
  const [dialog, setDialog] = useState<"rotate" | "reminder" | null>(null);
  const setOpen = (name: "rotate" | "reminder") => (open: boolean) => setDialog(open ? name : null);
  const trigger = useRef<HTMLButtonElement>(null);
  return (
    <>
      <DropdownMenu>
        <DropdownMenuTrigger asChild>
          <Button ref={trigger} size="icon" aria-label={t("all.menu")} className="max-sm:order-1">
            <Ellipsis aria-hidden="true" />
          </Button>
        </DropdownMenuTrigger>
        <DropdownMenuContent>
          <DropdownMenuItem onSelect={() => setDialog("reminder")}>
            <AlarmClock aria-hidden="true" />
            {t("reminder.menu")}
          </DropdownMenuItem>
          <DropdownMenuItem onSelect={() => setDialog("rotate")}>
            <Siren aria-hidden="true" />
            {t("all.rotate")}
          </DropdownMenuItem>
        </DropdownMenuContent>
      </DropdownMenu>
      <RotateAllDialog open={dialog === "rotate"} onOpenChange={setOpen("rotate")} opener={trigger} />
      <ReminderDialog
        days={reminderDays}
        open={dialog === "reminder"}
        onOpenChange={setOpen("reminder")}
        opener={trigger}
      />
    </>
  );
}
