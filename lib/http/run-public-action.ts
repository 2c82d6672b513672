import { headers } from "next/headers";
import type { z } from "zod";
import type { Ctx } from "@/lib/actor";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { clientIp } from "@/lib/http/client-ip";
import { formInput } from "@/lib/http/form-input";
import { findRequestId } from "@/lib/http/request-id";
import type { Result } from "@/lib/http/result";
import { sameOrigin } from "@/lib/http/same-origin";
import { settleResult } from "@/lib/http/settle-result";

/** Who asks before anyone is known: the sign-in, sign-up and reset forms. Bound to no workspace. */
export type Visitor = Ctx<{ kind: "system"; job: "visitor" }>;

/** The edge of a server action that needs no session: origin, schema, verb, typed Result. */
export function runPublicAction<S extends z.ZodType, T>(
  schema: S,
  verb: (ctx: Visitor, input: z.output<S>) => Promise<T>,
): (previous: Result<T> | null, input: FormData | z.input<S>) => Promise<Result<T>> {
  return async (_previous, input) => {
    const requestId = await findRequestId();
    const fields = formInput(input);
    return settleResult(requestId, fields, async () => {
      const sent = await headers();
      if (!sameOrigin(sent, env().publicUrl)) throw new AppError("forbidden", "foreignOrigin");
      const actor = { kind: "system", job: "visitor" } as const;
      const ctx: Visitor = { actor, workspaceId: "", requestId, ip: clientIp(sent) };
      return verb(ctx, await schema.parseAsync(fields));
    });
  };
}
