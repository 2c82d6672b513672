import { CLIENTS, findClient } from "@/lib/clients/catalogue";
import { renderSetup } from "@/lib/clients/render";
import type { SetupModel } from "@/lib/clients/types";

export interface SetupPrintOptions {
  /** A slug of the catalogue. */
  client: string;
  /** The secret; left out, a placeholder stands in its place. */
  key?: string | undefined;
  model?: string | undefined;
  /** A tab's id or label. */
  tab?: string | undefined;
  /** The gateway's public origin, without /v1. */
  apiUrl: string;
  /** Those that the key may use, and the cheapest of them. */
  models: readonly SetupModel[];
  smallModelId?: string | undefined;
}

/** `output` belongs on standard output, `notices` on standard error. */
export type SetupPrinted =
  | { ok: true; output: string; notices: readonly string[]; fileName: string | null; blocked: boolean }
  | { ok: false; field: "client" | "model" | "tab"; message: string };

/** What `setup print` prints: the very block of the setup page, or why there can be none. Never throws on bad input. */
export function setupPrint(options: SetupPrintOptions): SetupPrinted {
  const client = findClient(options.client);
  if (!client) {
    const known = CLIENTS.map(({ slug }) => slug).join(", ");
    return {
      ok: false,
      field: "client",
      message: `There is no client ${options.client}. Choose one of: ${known}.`,
    };
  }
  const ids = options.models.map(({ id }) => id);
  if (options.model && !ids.includes(options.model)) {
    const known =
      ids.length > 0 ? `Choose one of: ${ids.slice(0, 20).join(", ")}.` : "This key may use none.";
    return { ok: false, field: "model", message: `This key may not use a model ${options.model}. ${known}` };
  }

  const defaultModelId = options.model ?? ids[0] ?? "";
  try {
    const block = renderSetup({
      slug: client.slug,
      tab: options.tab,
      input: {
        rootUrl: options.apiUrl,
        baseUrl: `${options.apiUrl}/v1`,
        apiKey: options.key ?? null,
        models: options.models,
        defaultModelId,
        smallModelId: options.smallModelId ?? defaultModelId,
      },
    });
    if (block.status === "blocked") {
      return { ok: true, output: `${block.reason}\n`, notices: [], fileName: null, blocked: true };
    }
    const notices = block.note ? [...block.notices, block.note] : block.notices;
    return { ok: true, output: block.text, notices, fileName: block.fileName, blocked: false };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { ok: false, field: "tab", message: `${error.message}.` };
  }
}
