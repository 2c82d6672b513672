import { cleanRoot, dockerAddress, reachOf } from "@/lib/clients/address";
import type { SetupFacts, SetupInput, SetupModel } from "@/lib/clients/types";

/** Stands where the secret belongs while it is not known. */
export const KEY_PLACEHOLDER = "PASTE_YOUR_KEY";
/** Stands where a model id belongs while the key may use none. */
export const MODEL_PLACEHOLDER = "PASTE_A_MODEL_ID";

/** What may stand after `Bearer `: RFC 6750's b64token. Anything else would break a header, and some formats. */
const KEY_TEXT = /^[A-Za-z0-9._~+/=-]{8,256}$/;
/** Ids that break LobeChat's and NextChat's lists, a line of .env, or a terminal. */
const UNFIT_ID = /[\s\p{C},，=<>'"`\\$#;]|->|^[-+@]/u;
const MAX_ID_LENGTH = 200;

/** True if a text can be a key at all; a pasted sentence or a cut line cannot. */
export function looksLikeKey(text: string): boolean {
  return KEY_TEXT.test(text);
}

/**
 * Makes an input fit for every format, so that no template has to defend itself: the address without `/v1`,
 * control characters gone, unfit model ids left out and said so, placeholders for what is not known.
 * Throws TypeError if the address is not an http(s) one.
 */
export function prepareFacts(input: SetupInput): SetupFacts {
  const root = cleanRoot(input.rootUrl);
  const notices: string[] = [];
  const key = input.apiKey?.trim() ?? "";
  const keyKnown = looksLikeKey(key);
  if (key && !keyKnown) {
    notices.push(
      `What was given as the key does not look like one, so ${KEY_PLACEHOLDER} stands in its place.`,
    );
  } else if (!keyKnown) {
    notices.push(
      `${KEY_PLACEHOLDER} stands where your key belongs: a key is shown only once, when it is made.`,
    );
  }

  const models = input.models.filter(({ id }) => id.length <= MAX_ID_LENGTH && id && !UNFIT_ID.test(id));
  const unfit = input.models.length - models.length;
  if (unfit > 0) {
    notices.push(
      `${unfit === 1 ? "One model is" : `${unfit} models are`} left out: the id would break this format.`,
    );
  }
  const clean = models.map(cleanModel);
  const model = pick(clean, input.defaultModelId) ?? clean[0] ?? NO_MODEL;
  if (model === NO_MODEL) {
    notices.push(`There is no model for this key yet, so ${MODEL_PLACEHOLDER} stands in its place.`);
  }

  const dockerRoot = dockerAddress(root);
  return {
    root,
    base: `${root}/v1`,
    dockerRoot,
    dockerBase: `${dockerRoot}/v1`,
    reach: reachOf(root),
    key: keyKnown ? key : KEY_PLACEHOLDER,
    keyKnown,
    models: clean.length > 0 ? clean : [NO_MODEL],
    model,
    small: pick(clean, input.smallModelId) ?? model,
    notices,
  };
}

function pick(models: readonly SetupModel[], id: string): SetupModel | undefined {
  return models.find((model) => model.id === id);
}

function cleanModel(model: SetupModel): SetupModel {
  const displayName = model.displayName
    .replace(/[\s\p{C}]+/gu, " ")
    .trim()
    .slice(0, MAX_ID_LENGTH);
  return {
    ...model,
    displayName: displayName || model.id,
    contextTokens: count(model.contextTokens),
    maxOutputTokens: count(model.maxOutputTokens),
  };
}

function count(tokens: number): number {
  return Number.isSafeInteger(tokens) && tokens > 0 ? tokens : NO_MODEL.contextTokens;
}

const NO_MODEL: SetupModel = {
  id: MODEL_PLACEHOLDER,
  displayName: MODEL_PLACEHOLDER,
  contextTokens: 8_192,
  maxOutputTokens: 4_096,
  vision: false,
  tools: false,
  reasoning: false,
};
