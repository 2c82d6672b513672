import { getTranslations } from "next-intl/server";
import { cache } from "react";
import { chatModels } from "@/lib/catalog/chat-models";
import { listPublicModels } from "@/lib/catalog/list-public-models";
import { fillText } from "@/lib/clients/fill-text";
import { lobeModelList, nextChatModelList } from "@/lib/clients/model-lists";
import { KEY_PLACEHOLDER, prepareFacts } from "@/lib/clients/prepare-facts";
import { setupModels } from "@/lib/clients/setup-models";
import type { SetupFacts, SetupInput } from "@/lib/clients/types";
import { env } from "@/lib/env";
import { DEFAULT_LIMITS } from "@/lib/gateway/services";
import { KEY_LENGTH } from "@/lib/keys/token";
import { formatUsd } from "@/lib/money";

export interface DocFacts {
  /** What a block of the catalogue is made from: every public model, and no key. */
  input: SetupInput;
  setup: SetupFacts;
  /** Origin and host of the dashboard. */
  dashboard: string;
  host: string;
  /** Whoever runs this gateway, as the public pages name them. */
  operator: string;
  /** Fills the tokens of a text with what the server itself goes by. */
  fill: (text: string) => string;
}

const MODELS_IN_LISTS = 3;

/** What the documentation says of this gateway, read from the constants and settings that the server uses. */
export const loadDocFacts = cache(async (): Promise<DocFacts> => {
  const [t, models] = await Promise.all([getTranslations("docs"), listPublicModels()]);
  const { publicApiUrl, publicUrl, TOLLGATE_OPERATOR } = env();
  const listed = setupModels(chatModels(models));
  const input: SetupInput = {
    rootUrl: publicApiUrl,
    baseUrl: `${publicApiUrl}/v1`,
    apiKey: null,
    models: listed.models,
    defaultModelId: listed.models[0]?.id ?? "",
    smallModelId: listed.smallModelId,
  };
  const setup = prepareFacts(input);
  const { host } = new URL(publicUrl);
  const some = setup.models.slice(0, MODELS_IN_LISTS);
  const values: Record<string, string> = {
    dashboard: publicUrl,
    placeholder: KEY_PLACEHOLDER,
    "key-length": String(KEY_LENGTH),
    "max-body-mb": String(DEFAULT_LIMITS.maxBodyBytes / 1_048_576),
    "keep-alive-seconds": String(DEFAULT_LIMITS.keepAliveMs / 1_000),
    forgiven: formatUsd(DEFAULT_LIMITS.forgivenPerDayNano),
    "model-context": String(setup.model.contextTokens),
    "lobe-list": lobeModelList(some),
    "next-list": nextChatModelList(some),
  };
  return {
    input,
    setup,
    dashboard: publicUrl,
    host,
    operator: TOLLGATE_OPERATOR ?? t("disclaimer.unnamed", { host }),
    fill: (text) =>
      fillText(text, setup).replace(/\{([a-z-]+)\}/g, (whole, name: string) => values[name] ?? whole),
  };
});
