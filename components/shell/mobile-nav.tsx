"use client";

import { Menu } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Sheet, SheetContent, SheetTrigger } from "@/components/ui/sheet";
import { Balance, type BalanceView } from "./balance";
import { BrandMark } from "./brand";
import { NavLinks } from "./nav-links";
import { PersonMenu } from "./person-menu";

export interface RailProps {
  workspaceName: string;
  email: string;
  balance: BalanceView;
  balanceSource: string;
  signOut: () => Promise<unknown>;
}

/** The rail as a sheet, below 768 px. */
export function MobileNav({ workspaceName, email, balance, balanceSource, signOut }: RailProps) {
  const t = useTranslations("shell");
  const [open, setOpen] = useState(false);
  const close = () => setOpen(false);
  return (
    <Sheet open={open} onOpenChange={setOpen}>
      <SheetTrigger asChild>
        <Button variant="ghost" size="icon" aria-label={t("openMenu")} className="-ml-1.5 md:hidden">
          <Menu aria-hidden="true" />
        </Button>
      </SheetTrigger>
      <SheetContent side="left" title={t("places")} hideTitle>
        <div className="flex min-h-full flex-col">
          <p className="flex h-14 items-center gap-2 border-b px-4 pr-12 font-medium">
            <BrandMark />
            <span className="truncate">{workspaceName}</span>
          </p>
          <NavLinks inSheet onNavigate={close} />
          <Balance inSheet initial={balance} source={balanceSource} onNavigate={close} />
          <PersonMenu inSheet email={email} signOut={signOut} onNavigate={close} />
        </div>
      </SheetContent>
    </Sheet>
  );
}
