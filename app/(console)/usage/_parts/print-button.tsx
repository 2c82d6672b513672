"use client";

import { Printer } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";

/** Opens the browser's print dialog, which saves as PDF too. */
export function PrintButton() {
  const t = useTranslations("usage");
  return (
    <Button variant="primary" onClick={() => window.print()}>
      <Printer aria-hidden="true" />
      {t("statementPage.print")}
    </Button>
  );
}
