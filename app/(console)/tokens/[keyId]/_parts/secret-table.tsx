import { useTranslations } from "next-intl";
import { type Column, DataTable } from "@/components/data/data-table";
import { RelativeTime } from "@/components/data/relative-time";
import { Badge } from "@/components/ui/badge";
import type { SecretView } from "@/lib/keys/types";
import { MaskedKey } from "../../_parts/masked-key";
import { EndOverlap } from "./end-overlap";

/** Every secret that the key ever had, with its end. */
export function SecretTable({ keyId, secrets }: { keyId: string; secrets: SecretView[] }) {
  const t = useTranslations("tokens.key");
  const columns: Column<SecretView>[] = [
    {
      id: "secret",
      header: t("secret"),
      cell: (secret) => <MaskedKey secret={secret} className={secret.living ? "" : "text-ink-3"} />,
    },
    {
      id: "state",
      header: t("state"),
      className: "w-full",
      cell: (secret) => <SecretState secret={secret} />,
    },
    {
      id: "created",
      header: t("created"),
      from: "sm",
      cell: (secret) => <RelativeTime at={secret.createdAt} className="text-ink-2" />,
    },
    {
      id: "end",
      header: t("endNow"),
      hiddenHeader: true,
      className: "text-right",
      cell: (secret) =>
        secret.living && secret.endsAt ? <EndOverlap keyId={keyId} secret={secret} /> : null,
    },
  ];
  return <DataTable caption={t("secrets")} columns={columns} rows={secrets} rowKey={({ id }) => id} />;
}

function SecretState({ secret }: { secret: SecretView }) {
  const t = useTranslations("tokens.key");
  if (!secret.endsAt) {
    return (
      <Badge tone="good" dot>
        {t("current")}
      </Badge>
    );
  }
  return (
    <span className={secret.living ? "text-warn-text" : "text-ink-3"}>
      {t(secret.living ? "ending" : "ended")} <RelativeTime at={secret.endsAt} />
    </span>
  );
}
