/** What a paste looks like. */
export type PasteFormat =
  | "empty"
  | "url"
  | "key"
  | "env"
  | "shell"
  | "curl"
  | "json"
  | "yaml"
  | "toml"
  | "compose"
  | "other";

/** A value of a paste, with its place in the text: offsets in UTF-16 units, `end` excluded. */
export interface Found {
  /** The variable, field or label that it was given to; null where it stands alone. */
  name: string | null;
  value: string;
  start: number;
  end: number;
  /** Where the name stands; equal to `start` without one. */
  nameStart: number;
  /** The quote around it, which is not part of `value`; empty without one. */
  quote: string;
  /** True where whoever reads this format keeps that quote as part of the value. */
  quoteKept: boolean;
}

/** What was understood of a paste. Nothing in it has been judged. */
export interface Reading {
  text: string;
  format: PasteFormat;
  /** Every name with its value, in the order of the text. */
  pairs: readonly Found[];
  urls: readonly Found[];
  keys: readonly Found[];
  models: readonly Found[];
  /** Model lists of LobeChat and NextChat. */
  lists: readonly Found[];
  /** The slug of the client that this is for, as far as the text shows. */
  client: string | null;
  /** True where it configures something that runs in a container. */
  container: boolean;
  /** True where it configures something that runs at a hosting company. */
  hosted: boolean;
  /** Where a JSON text breaks, in the words of its parser; null for all others. */
  broken: string | null;
}

/** What an installation answers to, and what it has. */
export interface DoctorWorld {
  /** The gateway's origin, without /v1. */
  apiRoot: string;
  /** The dashboard's and website's origin. */
  siteOrigin: string;
  /** Every id that may be called; null where that is not known. */
  modelIds: readonly string[] | null;
}

export interface Edit {
  start: number;
  end: number;
  text: string;
}

/** Every cause that the doctor can name. Each has its words in the catalogue's `doctor.faults`. */
export const CAUSES = [
  "dashboard_host",
  "site_host",
  "provider_host",
  "foreign_host",
  "not_a_url",
  "scheme_missing",
  "url_unclean",
  "url_extra",
  "key_in_url",
  "http_not_https",
  "https_not_http",
  "localhost_container",
  "localhost_hosted",
  "localhost_foreign",
  "wrong_port",
  "v1_missing",
  "v1_doubled",
  "v1_unwanted",
  "cursor_path",
  "endpoint_as_root",
  "endpoint_missing",
  "path_wrong",
  "trailing_slash",
  "key_missing",
  "key_foreign",
  "key_unknown",
  "key_mistyped",
  "key_cut",
  "key_management",
  "key_placeholder",
  "key_masked",
  "key_quotes",
  "key_spaces",
  "key_line_break",
  "key_bearer",
  "key_not_expanded",
  "key_conflict",
  "name_ignored",
  "wire_api_chat",
  "codex_reserved",
  "codex_root_key",
  "codex_env_key",
  "codex_profiles",
  "model_unknown",
  "model_placeholder",
  "model_prefix",
  "list_separator",
  "list_angle",
  "list_ability",
  "list_foreign",
  "list_empty",
  "lists_differ",
  "settings_kept",
  "format_broken",
] as const;
export type FaultCause = (typeof CAUSES)[number];

/** One thing that is wrong, and what it should be. A key in it is always masked; only `edits` hold the real one. */
export interface Fault {
  cause: FaultCause;
  /** A note is worth knowing, and breaks nothing by itself. */
  level: "fault" | "note";
  /** The variable or field, or null. */
  where: string | null;
  found: string | null;
  /** The right value, or null where only its owner knows it. */
  fixed: string | null;
  /** For the sentence: names of clients, providers, ids. */
  values: Readonly<Record<string, string>>;
  edits: readonly Edit[];
}
