"use client";

import { useEffect, useMemo, useState } from "react";
import { useSecret } from "@/components/data/secret-memory";
import { findClient } from "@/lib/clients/catalogue";
import { prepareFacts } from "@/lib/clients/prepare-facts";
import { setupModels } from "@/lib/clients/setup-models";
import type { ClientEntry, SetupFacts, SetupInput } from "@/lib/clients/types";
import { allowsModel } from "@/lib/keys/model-patterns";
import type { SetupKey, SetupState } from "../../_parts/load-setup";

/** Deep link of the page: ids and names only. */
export interface Wanted {
  key: string | null;
  model: string | null;
  tab: string | null;
}

export interface Setup {
  client: ClientEntry;
  state: SetupState;
  key: SetupKey | null;
  chooseKey: (id: string) => void;
  /** The secret of the chosen key while this page's memory has it. */
  secret: string | null;
  chooseModel: (id: string) => void;
  tabId: string;
  chooseTab: (id: string) => void;
  input: SetupInput;
  facts: SetupFacts;
}

/** What is chosen on the page, and what follows from it for every block. The choice is kept in the URL. */
export function useSetup(slug: string, state: SetupState, wanted: Wanted): Setup {
  const client = findClient(slug);
  if (!client) throw new RangeError(`unknown client: ${slug}`);
  const [keyId, chooseKey] = useState(wanted.key);
  const [modelId, chooseModel] = useState(wanted.model);
  const [tab, chooseTab] = useState(wanted.tab);

  const key = state.keys.find(({ id }) => id === keyId) ?? state.keys[0] ?? null;
  const secret = useSecret(key?.id ?? null);
  const tabId = (client.tabs.find(({ id }) => id === tab) ?? client.tabs[0]).id;
  const input = useMemo((): SetupInput => {
    const allowed = key?.models ?? [];
    const usable = state.models.filter(({ id }) => allowsModel(allowed, id));
    const { models, smallModelId } = setupModels(usable);
    const chosen = models.find(({ id }) => id === modelId) ?? models[0];
    return {
      rootUrl: state.apiUrl,
      baseUrl: `${state.apiUrl}/v1`,
      apiKey: secret,
      models,
      defaultModelId: chosen?.id ?? "",
      smallModelId,
    };
  }, [state, key, secret, modelId]);
  const facts = useMemo(() => prepareFacts(input), [input]);

  useEffect(() => {
    const url = new URL(window.location.href);
    for (const [name, value] of Object.entries({ key: keyId, model: modelId, tab })) {
      if (value) url.searchParams.set(name, value);
      else url.searchParams.delete(name);
    }
    if (url.href !== window.location.href) window.history.replaceState(null, "", url);
  }, [keyId, modelId, tab]);

  return { client, state, key, chooseKey, secret, chooseModel, tabId, chooseTab, input, facts };
}
