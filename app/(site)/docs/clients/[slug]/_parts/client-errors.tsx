import { useTranslations } from "next-intl";
import type { ClientEntry } from "@/lib/clients/types";
import { ErrorTable } from "../../../errors/_parts/error-table";
import type { ErrorEntry } from "../../../errors/_parts/find-entry";
import { Part } from "./part";

/** The codes that a client's user meets; the rest is for those who write programs. */
const MET: readonly string[] = [
  "invalid_api_key",
  "api_key_expired",
  "insufficient_quota",
  "model_not_allowed",
  "ip_not_allowed",
  "model_not_found",
  "request_too_large",
  "rate_limit_exceeded",
  "concurrency_limit_exceeded",
  "upstream_unavailable",
  "upstream_timeout",
];

const SPEAKS_ANTHROPIC: readonly string[] = ["claude-code", "anthropic-sdk"];

/** What each error means, by the catalogue that the gateway answers from. */
export function ClientErrors({ client, entries }: { client: ClientEntry; entries: readonly ErrorEntry[] }) {
  const t = useTranslations("docs.client");
  return (
    <Part id="errors" title={t("errors")}>
      <p className="max-w-prose text-site">
        {t("errorsText", { client: client.name })}{" "}
        {SPEAKS_ANTHROPIC.includes(client.slug) ? t("errorsAnthropic", { client: client.name }) : null}
      </p>
      <ErrorTable entries={entries.filter(({ code }) => MET.includes(code))} />
    </Part>
  );
}
