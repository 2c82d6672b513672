import { getTranslations } from "next-intl/server";

const PLACES = ["buy", "top-up", "lots", "history", "receipts", "alerts", "how"] as const;

/** Where the parts of this long page are. */
export async function PagePlaces({ without }: { without: readonly string[] }) {
  const t = await getTranslations("credits.places");
  return (
    <nav aria-label={t("label")} className="-mt-4 flex flex-wrap gap-x-4 gap-y-1">
      {PLACES.filter((place) => !without.includes(place)).map((place) => (
        <a
          key={place}
          href={`#${place}`}
          className="rounded-sm py-1 text-ink-2 hover:text-ink hover:underline"
        >
          {t(place)}
        </a>
      ))}
    </nav>
  );
}
