import { CircleAlert, MailWarning } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";

/** What stands in the way on every page: a frozen account first, else an address that is not confirmed. */
export function ConsoleNotice({ verified, frozen }: { verified: boolean; frozen: boolean }) {
  const t = useTranslations("shell");
  if (frozen) {
    return (
      <p
        role="alert"
        className="flex gap-2.5 border-b bg-danger-soft px-4 py-2.5 text-danger-text sm:px-6 lg:px-8"
      >
        <CircleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
        {t("frozenNotice")}
      </p>
    );
  }
  if (verified) return null;
  return (
    <p className="flex gap-2.5 border-b bg-warn-soft px-4 py-2.5 text-warn-text sm:px-6 lg:px-8">
      <MailWarning aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
      <span>
        {t.rich("unverifiedNotice", {
          link: (text) => (
            <Link href="/verify" className="font-medium underline underline-offset-3">
              {text}
            </Link>
          ),
        })}
      </span>
    </p>
  );
}
