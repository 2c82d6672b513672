import { useTranslations } from "next-intl";
import { LinkButton } from "@/components/ui/button";

/** Nothing at this address, or nothing that is yours: the answer is the same. */
export function Missing({ home, homeLabel }: { home: string; homeLabel: string }) {
  const t = useTranslations("ui");
  return (
    <div className="mx-auto grid w-full max-w-lg gap-4 px-4 py-[14vh]">
      <p className="num text-ink-3">404</p>
      <div className="grid gap-1">
        <h1 className="font-semibold text-xl tracking-tight">{t("missing.title")}</h1>
        <p className="text-ink-2">{t("missing.text")}</p>
      </div>
      <div>
        <LinkButton href={home} variant="primary">
          {homeLabel}
        </LinkButton>
      </div>
    </div>
  );
}
