import Link from "next/link";
import { useTranslations } from "next-intl";
import { Alert } from "@/components/ui/alert";
import { env } from "@/lib/env";

/** With the mail stand-in: where the mail is. Nothing otherwise. */
export function OutboxHint() {
  const t = useTranslations("auth.outbox");
  if (!env().standIns.has("mail")) return null;
  return (
    <Alert>
      {t("sentence")}{" "}
      <Link href="/sandbox/mail" className="link">
        {t("open")}
      </Link>
    </Alert>
  );
}
