import { z } from "zod";
import { badParam, type StripeFault } from "@/lib/sandbox/stripe/stripe-fault";

/** Whole numbers and booleans travel as text in Stripe's form encoding. */
export const integer = z
  .string()
  .regex(/^-?\d{1,15}$/, "Invalid integer")
  .transform(Number);
export const boolean = z.enum(["true", "false"]).transform((text) => text === "true");
/** At most 50 keys of 40 characters, values of 500: https://docs.stripe.com/api/metadata */
export const metadata = z
  .union([z.literal(""), z.record(z.string().max(40), z.string().max(500))])
  .transform((value) => (value === "" ? {} : value))
  .refine((value) => Object.keys(value).length <= 50, "Metadata can have at most 50 keys");
export const expand = z.array(z.string().max(200)).max(20).optional();
/** `created=123` or `created[gte]=123`. */
export const createdRange = z
  .union([
    integer,
    z.strictObject({
      gt: integer.optional(),
      gte: integer.optional(),
      lt: integer.optional(),
      lte: integer.optional(),
    }),
  ])
  .optional();
export const paging = {
  limit: integer
    .refine((limit) => limit >= 1 && limit <= 100, "This value must be between 1 and 100")
    .optional(),
  starting_after: z.string().optional(),
  ending_before: z.string().optional(),
  expand,
};

/**
 * A strict schema whose keys must all be parameters of the SDK's own type: `paramsFor<Stripe.PriceCreateParams>()({...})`.
 */
export const paramsFor =
  <P>() =>
  <S extends z.ZodRawShape>(shape: S & Record<Exclude<keyof S, keyof P>, never>) =>
    z.strictObject<S>(shape);

/**
 * Checks parameters and answers as Stripe does when they are wrong: missing, unknown, not an integer, not one
 * of the values allowed. Unknown ones fail loudly, so that the stand-in never ignores what Stripe would act on.
 */
export function readParams<T extends z.ZodType>(schema: T, params: unknown): z.output<T> {
  const parsed = schema.safeParse(params);
  if (parsed.success) return parsed.data;
  throw faultOf(parsed.error.issues[0]);
}

function faultOf(issue: z.core.$ZodIssue | undefined): StripeFault {
  if (!issue) return badParam("", "Invalid request.");
  const param = nameOf(issue.path);
  switch (issue.code) {
    case "unrecognized_keys": {
      const unknown = nameOf([...issue.path, issue.keys[0] ?? ""]);
      return badParam(unknown, `Received unknown parameter: ${unknown}`, "parameter_unknown");
    }
    case "invalid_type":
      return issue.message.includes("received undefined")
        ? badParam(param, `Missing required param: ${param}.`, "parameter_missing")
        : badParam(param, `Invalid ${issue.expected}: ${param}`);
    case "invalid_format":
      return badParam(param, `Invalid integer: ${param}`, "parameter_invalid_integer");
    case "invalid_value":
      return badParam(param, `Invalid ${param}: must be one of ${issue.values.join(", ")}`);
    default:
      return badParam(param, `Invalid ${param}: ${issue.message}`);
  }
}

/** `["line_items", 0, "price"]` is `line_items[0][price]`. */
function nameOf(path: readonly PropertyKey[]): string {
  const [first, ...rest] = path.map(String);
  return `${first ?? ""}${rest.map((part) => `[${part}]`).join("")}`;
}
