import { CircleAlert } from "lucide-react";
import { useTranslations } from "next-intl";

/** Stands above every page while the operator holds the account, for example during a disputed payment. */
export function FrozenNotice() {
  const t = useTranslations("shell");
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
