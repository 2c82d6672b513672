import { MailWarning } from "lucide-react";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { findUser } from "@/lib/auth/session";
import { env } from "@/lib/env";
import { SendAgainButton } from "./send-again-button";

/** For people whose address is not confirmed yet: what waits for it, and the link once more. Else nothing. */
export async function VerifyBanner() {
  const user = await findUser();
  if (!user || user.user.verified) return null;
  const t = await getTranslations("auth");
  const { email } = user.user;
  return (
    <section
      aria-label={t("verify.title")}
      className="flex gap-2.5 border-b bg-warn-soft px-4 py-2 text-warn-text sm:px-6 lg:px-8"
    >
      <MailWarning aria-hidden="true" className="mt-1.5 size-4 shrink-0" />
      <div className="flex min-w-0 flex-1 flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <p className="py-1">
          {t("banner.text")}{" "}
          {env().standIns.has("mail") ? (
            <Link href="/sandbox/mail" className="font-medium underline underline-offset-3">
              {t("outbox.open")}
            </Link>
          ) : null}
        </p>
        <SendAgainButton label={t("banner.again")} sent={t("banner.sent", { email })} />
      </div>
    </section>
  );
}
