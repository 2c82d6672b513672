import { useTranslations } from "next-intl";
import { Missing } from "@/components/shell/missing";

export default function ConsoleNotFound() {
  const t = useTranslations("ui");
  return <Missing home="/overview" homeLabel={t("missing.overview")} />;
}
