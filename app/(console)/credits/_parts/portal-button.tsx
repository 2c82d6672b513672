"use client";

import { ExternalLink } from "lucide-react";
import { useTranslations } from "next-intl";
import { ActionButton } from "@/components/form/action-button";
import { openPortalAction } from "../actions";

/** Leads to Stripe's page of billing details, tax id, cards and invoices. */
export function PortalButton({ disabled }: { disabled: boolean }) {
  const t = useTranslations("credits.receipts");
  return (
    <ActionButton
      action={openPortalAction}
      input={{}}
      disabled={disabled}
      onSuccess={({ url }) => window.location.assign(url)}
    >
      {t("portal")}
      <ExternalLink aria-hidden="true" />
    </ActionButton>
  );
}
