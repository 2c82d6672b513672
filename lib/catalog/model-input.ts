import { z } from "zod";
import { parseUsd, parseUsdPerMillion } from "@/lib/money";

/** Characters with a meaning in LobeChat's model list; an id or a name with one of them would break it. */
const BREAKS_LISTS = /[,=<]|->/;
/** Nothing that people type, and everything that could drive a terminal or a header. */
export const UNPRINTABLE = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}]/u;
/** $10,000 per million tokens: far beyond any model, and small enough for every product to fit a bigint. */
export const MAX_PRICE_PICO = 10_000_000_000n;
const MAX_CONTEXT_TOKENS = 100_000_000;
const MAX_OUTPUT_TOKENS = 10_000_000;

const listSafe = (text: string) => !BREAKS_LISTS.test(text);
const printable = (text: string) => !UNPRINTABLE.test(text);

/** What callers name a model by: no white space, and nothing that breaks a client's model list. */
export const ModelId = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .refine((id) => /^[\w.:/@+-]+$/.test(id) && listSafe(id), "modelId");

const DisplayName = z
  .string()
  .trim()
  .min(1)
  .max(100)
  .refine(printable, "unprintable")
  .refine(listSafe, "listUnsafe");
const UpstreamId = z.string().trim().min(1).max(300).refine(printable, "unprintable");

/** USD per million tokens as text; exact, at most six decimals. */
export const Price = z.string().transform((text, context) => {
  try {
    const pico = parseUsdPerMillion(text);
    if (pico <= MAX_PRICE_PICO) return pico;
    context.addIssue({ code: "custom", message: "priceTooHigh" });
  } catch {
    context.addIssue({ code: "custom", message: "price" });
  }
  return z.NEVER;
});

/** USD per call as text, at most nine decimals; pico-USD. */
const RequestPrice = z.string().transform((text, context) => {
  try {
    const pico = parseUsd(text) * 1_000n;
    if (pico >= 0n && pico <= MAX_PRICE_PICO * 1_000n) return pico;
  } catch {
    // Judged below.
  }
  context.addIssue({ code: "custom", message: "requestPrice" });
  return z.NEVER;
});

/** The prices of every bucket, as text; what is not given costs as the bucket it would else count into. */
export const PriceList = z.object({
  inputUsdPerMillion: Price,
  outputUsdPerMillion: Price,
  cachedInputUsdPerMillion: Price.nullish(),
  cacheWrite5mUsdPerMillion: Price.nullish(),
  cacheWrite1hUsdPerMillion: Price.nullish(),
  reasoningUsdPerMillion: Price.nullish(),
  audioInputUsdPerMillion: Price.nullish(),
  audioOutputUsdPerMillion: Price.nullish(),
  imageInputUsdPerMillion: Price.nullish(),
  requestUsd: RequestPrice.nullish(),
});

/** What the upstream charges us, and where the route stands among a model's. */
const RouteOrder = z.object({
  priority: z.number().int().min(0).max(1_000).default(0),
  weight: z.number().int().min(0).max(1_000_000).default(1),
  inputCostUsdPerMillion: Price.nullish(),
  outputCostUsdPerMillion: Price.nullish(),
});

const Strategy = z.enum(["priority", "cheapest", "fastest"]);

export const NewModel = z
  .object({
    id: ModelId,
    kind: z.enum(["chat", "embeddings"]).default("chat"),
    displayName: DisplayName.nullish(),
    description: z.string().trim().max(2_000).default(""),
    /** Name of the connection that serves it. */
    connection: z.string().trim().min(1),
    upstreamId: UpstreamId,
    ...PriceList.shape,
    ...RouteOrder.shape,
    strategy: Strategy.default("priority"),
    contextTokens: z.number().int().min(1).max(MAX_CONTEXT_TOKENS),
    maxOutputTokens: z.number().int().min(1).max(MAX_OUTPUT_TOKENS).nullish(),
    tools: z.boolean().default(true),
    vision: z.boolean().default(false),
    promptCache: z.boolean().default(false),
    reasoning: z.boolean().default(false),
    structuredOutput: z.boolean().default(false),
    audio: z.boolean().default(false),
    privacy: z.boolean().default(false),
  })
  .refine((model) => (model.maxOutputTokens ?? 0) <= model.contextTokens, {
    message: "outputBeyondContext",
    path: ["maxOutputTokens"],
  });
export type NewModelInput = z.input<typeof NewModel>;

/** What is not given stays as it is. */
export const ModelChange = z.object({
  id: z.string().trim().min(1).max(200),
  displayName: DisplayName.optional(),
  description: z.string().trim().max(2_000).optional(),
  contextTokens: z.number().int().min(1).max(MAX_CONTEXT_TOKENS).optional(),
  maxOutputTokens: z.number().int().min(1).max(MAX_OUTPUT_TOKENS).optional(),
  strategy: Strategy.optional(),
  tools: z.boolean().optional(),
  vision: z.boolean().optional(),
  promptCache: z.boolean().optional(),
  reasoning: z.boolean().optional(),
  structuredOutput: z.boolean().optional(),
  audio: z.boolean().optional(),
  privacy: z.boolean().optional(),
  enabled: z.boolean().optional(),
  sort: z.number().int().min(-1_000_000).max(1_000_000).optional(),
});

export const NewRoute = z.object({
  model: z.string().trim().min(1).max(200),
  connection: z.string().trim().min(1),
  upstreamId: UpstreamId,
  ...RouteOrder.shape,
});
export type NewRouteInput = z.input<typeof NewRoute>;

export const NewAlias = z.object({
  id: ModelId,
  displayName: DisplayName.nullish(),
  description: z.string().trim().max(2_000).default(""),
  /** Ids of models, or of other aliases, in order of preference. */
  models: z.array(z.string().trim().min(1).max(200)).min(1).max(100),
  strategy: Strategy.default("priority"),
});
export type NewAliasInput = z.input<typeof NewAlias>;
