import { useTranslations } from "next-intl";
import { group } from "@/components/data/format-tokens";
import { Money } from "@/components/data/money";
import { RelativeTime } from "@/components/data/relative-time";
import type { KeyClient } from "@/lib/keys/list-key-clients";
import { clientLabel } from "../../_parts/client-label";

/** Which programs used the key lately, by their share of its calls. */
export function KeyClients({ clients }: { clients: readonly KeyClient[] }) {
  const t = useTranslations("tokens.clients");
  const total = clients.reduce((sum, { calls }) => sum + calls, 0n);
  return (
    <ul className="grid gap-3">
      {clients.map(({ client, calls, costNano, lastAt }) => (
        <li key={client} className="grid gap-1">
          <span className="flex items-baseline justify-between gap-3">
            <span className="min-w-0 truncate">{clientLabel(client) ?? t("unknown")}</span>
            <Money nano={costNano} />
          </span>
          <span aria-hidden="true" className="h-1 overflow-hidden rounded-full bg-ink/8">
            <span
              className="block h-full rounded-full bg-ink/40"
              style={{ width: `${total > 0n ? Number((calls * 1_000n) / total) / 10 : 0}%` }}
            />
          </span>
          <span className="flex justify-between gap-3 text-ink-3 text-xs">
            <span>{t("calls", { count: Number(calls), text: group(calls) })}</span>
            <RelativeTime at={lastAt} />
          </span>
        </li>
      ))}
    </ul>
  );
}
