import { getTranslations } from "next-intl/server";
import { env } from "@/lib/env";
import { GATEWAY_ERRORS, type GatewayErrorEntry } from "@/lib/gateway/dialects/errors";
import { WRONG_HOST } from "@/lib/http/answer-wrong-host";

export interface ErrorEntry extends GatewayErrorEntry {
  code: string;
  /** How its body looks on the wire. */
  example: string;
}

/** Every code that a caller can meet: the gateway's, and the one with which the dashboard names the right URL. */
export async function listEntries(): Promise<ErrorEntry[]> {
  const t = await getTranslations("site");
  const { publicApiUrl } = env();
  const wrongHost: GatewayErrorEntry = {
    status: 404,
    type: "invalid_request_error",
    anthropic: { status: 404, type: "not_found_error" },
    permanent: true,
    title: t("errors.wrongHost.title"),
    sentence: t("errors.wrongHost.title"),
    meaning: t("errors.wrongHost.meaning"),
    money: t("errors.wrongHost.money"),
    steps: [t("errors.wrongHost.step1", { base: `\`${publicApiUrl}/v1\`` }), t("errors.wrongHost.step2")],
  };
  return Object.entries({ ...GATEWAY_ERRORS, [WRONG_HOST]: wrongHost }).map(([code, entry]) => ({
    ...entry,
    code,
    example: exampleOf(code, entry),
  }));
}

function exampleOf(code: string, entry: GatewayErrorEntry): string {
  const error = {
    message: entry.sentence,
    type: entry.type,
    param: null,
    code,
    doc_url: `${env().publicUrl}/docs/errors/${code}`,
    request_id: "req_…",
  };
  return JSON.stringify({ error }, null, 2);
}
