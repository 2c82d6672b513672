/** Where a client sends its requests from: it decides which addresses it can reach. */
export type RequestOrigin = "browser" | "your-machine" | "server-or-docker" | "hosted";

export type TabKind =
  | "env"
  | "compose"
  | "shell"
  | "json"
  | "yaml"
  | "toml"
  | "python"
  | "javascript"
  | "ui-steps";

/** A model as a client's settings describe it. Token counts are positive integers. */
export interface SetupModel {
  id: string;
  displayName: string;
  contextTokens: number;
  maxOutputTokens: number;
  vision: boolean;
  tools: boolean;
  reasoning: boolean;
  /** Exact decimal USD per million tokens, for clients that estimate cost themselves. */
  inputUsdPerMillion?: string;
  outputUsdPerMillion?: string;
}

/** What a block is made from. `apiKey` is null while the secret is not known. */
export interface SetupInput {
  /** The gateway's origin, without `/v1`. */
  rootUrl: string;
  /** The same with `/v1`. */
  baseUrl: string;
  apiKey: string | null;
  /** Those that the key may use. */
  models: readonly SetupModel[];
  defaultModelId: string;
  /** For titles and other side tasks; the cheapest will do. */
  smallModelId: string;
}

/** An input made safe for every format: see prepare-facts. */
export interface SetupFacts {
  root: string;
  base: string;
  /** The same two as a container on this machine reaches them. */
  dockerRoot: string;
  dockerBase: string;
  /** Who can reach the address: this machine alone, its private network, or anyone. */
  reach: "loopback" | "private" | "public";
  /** The secret, or an obvious placeholder. */
  key: string;
  keyKnown: boolean;
  models: readonly SetupModel[];
  model: SetupModel;
  small: SetupModel;
  /** What the reader has to know about this very block. */
  notices: readonly string[];
}

/** One thing to do in a client's own windows; labels are the client's exact ones. */
export interface SetupStep {
  text: string;
  fields?: readonly { label: string; value: string }[];
}

interface TabBase {
  id: string;
  label: string;
  /** Name of the downloaded file. */
  fileName: string;
  /** Where it differs from the client's. */
  origin?: RequestOrigin;
  /** Ids of the tabs that have to be used as well: the settings in one place, the key in another. */
  needs?: readonly string[];
  /** What to do with the block. May hold tokens, see fill-text. */
  note?: string;
}

export interface TextTab extends TabBase {
  kind: Exclude<TabKind, "ui-steps">;
  render: (facts: SetupFacts) => string;
}

export interface StepsTab extends TabBase {
  kind: "ui-steps";
  render: (facts: SetupFacts) => SetupStep[];
}

export type SetupTab = TextTab | StepsTab;

export type ClientGroup = "chat" | "coding" | "terminal" | "automation" | "library";

/** A link that opens the client with the settings in it: a custom scheme only, because the secret stands inside. */
export interface DeepLink {
  /** What the button does, in the client's own terms. */
  label: string;
  render: (facts: SetupFacts) => string;
}

/** A client of the catalogue. Every text may hold the tokens of fill-text. */
export interface ClientEntry {
  /** Public and permanent: part of URLs and of the command line. */
  slug: string;
  name: string;
  group: ClientGroup;
  /** Other names that people search for. */
  aliases: readonly string[];
  /** One line. */
  what: string;
  homepage: string;
  forWhom: readonly string[];
  notForWhom: readonly string[];
  origin: RequestOrigin;
  originNote: string;
  /** What the client calls the address and the key, and the address that it wants. */
  asks: { address: string; value: "{base}" | "{root}" | "{root}/cursor"; key: string };
  v1: { included: boolean; why: string };
  models: { how: "listed" | "typed" | "both"; note: string };
  /** Step 3: restart or redeploy. */
  apply: { title: string; note: string };
  /** Step 5. */
  firstChat: string;
  mistakes: readonly { mistake: string; fix: string }[];
  /** What was looked at or run, and what is likely to differ elsewhere. */
  version: string;
  deepLink?: DeepLink;
  /** The first one is shown when none is asked for. */
  tabs: readonly [SetupTab, ...SetupTab[]];
}
