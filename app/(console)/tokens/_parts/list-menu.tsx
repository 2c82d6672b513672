"use client";

import { Ellipsis, Siren } from "lucide-react";
import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { RotateAllDialog } from "./rotate-all-dialog";

/** What can be done with all keys at once. */
export function ListMenu() {
  const t = useTranslations("tokens");
  const [rotating, setRotating] = useState(false);
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
          <DropdownMenuItem onSelect={() => setRotating(true)}>
            <Siren aria-hidden="true" />
            {t("all.rotate")}
          </DropdownMenuItem>
        </DropdownMenuContent>
      </DropdownMenu>
      <RotateAllDialog open={rotating} onOpenChange={setRotating} opener={trigger} />
    </>
  );
}
