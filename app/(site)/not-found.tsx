import { useTranslations } from "next-intl";
import { Missing } from "@/components/shell/missing";

export default function SiteNotFound() {
  const t = useTranslations("ui");
  return <Missing home="/" homeLabel={t("missing.home")} />;
}
