import type { z } from "zod";
import type { Ctx } from "@/lib/actor";
import type { Tx } from "@/lib/db";

export type Method = "GET" | "POST" | "PATCH" | "DELETE";

/** What an endpoint's work is given, parsed. */
export interface Asked<Q, B> {
  ctx: Ctx;
  /** The key's id where the path has one, else empty. */
  id: string;
  query: Q;
  body: B;
  /** For a change: the transaction in which it is to be made. */
  tx: Tx | undefined;
}

/** One call of the management API: the router, the document and the reference page all read it here. */
export interface Endpoint {
  /** Its operationId, and its key in the catalogue's `api.endpoints`. */
  name: string;
  method: Method;
  /** Below /api/v1, with `{id}` where a key's id stands. */
  path: string;
  query: z.ZodObject | null;
  /** Null: a body is not looked at. One that is missing counts as `{}`. */
  body: z.ZodType | null;
  status: 200 | 201;
  answer: z.ZodType;
  run: (asked: Asked<never, never>) => Promise<unknown>;
}

interface Definition<Q extends z.ZodObject, B extends z.ZodType> {
  name: string;
  method: Method;
  path: string;
  query?: Q;
  body?: B;
  status?: 200 | 201;
  answer: z.ZodType;
  run: (asked: Asked<z.output<Q>, z.output<B>>) => Promise<unknown>;
}

/** An endpoint whose work is typed by its own schemas. */
export function endpoint<Q extends z.ZodObject, B extends z.ZodType>(definition: Definition<Q, B>): Endpoint {
  const { query, body, status, run, ...rest } = definition;
  return {
    ...rest,
    query: query ?? null,
    body: body ?? null,
    status: status ?? 200,
    run: run as Endpoint["run"],
  };
}
