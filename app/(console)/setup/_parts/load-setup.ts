import type { SignedIn } from "@/lib/auth/session";
import { chatModels } from "@/lib/catalog/chat-models";
import { listPublicModels } from "@/lib/catalog/list-public-models";
import type { PricedModel } from "@/lib/clients/setup-models";
import { env } from "@/lib/env";
import { listKeys } from "@/lib/keys/list-keys";
import { getWallet } from "@/lib/ledger/get-wallet";

/** A key that can be set up: never more of its secrets than their last four characters. */
export interface SetupKey {
  id: string;
  name: string;
  endings: string[];
  /** Allowed model ids; empty allows all. */
  models: string[];
}

/** The real state of a workspace, as far as setting up a client goes. */
export interface SetupState {
  /** The gateway's public origin, without /v1. */
  apiUrl: string;
  verified: boolean;
  frozen: boolean;
  availableNano: bigint;
  debtNano: bigint;
  keys: SetupKey[];
  models: PricedModel[];
}

const MOST_KEYS = 200;

export async function loadSetup(ctx: SignedIn): Promise<SetupState> {
  const [{ keys }, wallet, models] = await Promise.all([
    listKeys(ctx, { pageSize: MOST_KEYS }),
    getWallet(ctx.workspaceId),
    listPublicModels(),
  ]);
  return {
    apiUrl: env().publicApiUrl,
    verified: ctx.user.verified,
    frozen: wallet.frozen,
    availableNano: wallet.availableNano,
    debtNano: wallet.debtNano,
    keys: keys
      .filter(({ status }) => status === "active" || status === "rotating")
      .map(({ id, name, secrets, limits }) => ({
        id,
        name,
        endings: secrets.filter(({ living }) => living).map(({ lastFour }) => lastFour),
        models: limits.models,
      })),
    models: chatModels(models).map((model) => ({
      id: model.id,
      displayName: model.displayName,
      contextTokens: model.contextTokens,
      maxOutputTokens: model.maxOutputTokens,
      vision: model.vision,
      tools: model.tools,
      reasoning: model.reasoning,
      inputPico: model.inputPico,
      outputPico: model.outputPico,
    })),
  };
}
