import { headers } from "next/headers";
import type { z } from "zod";
import { findUser, type SignedIn } from "@/lib/auth/session";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { formInput } from "@/lib/http/form-input";
import { findRequestId } from "@/lib/http/request-id";
import type { Result } from "@/lib/http/result";
import { sameOrigin } from "@/lib/http/same-origin";
import { settleResult } from "@/lib/http/settle-result";

/**
 * The edge of a server action of a signed-in person: origin, session, schema, verb, typed Result. The returned
 * function fits `useActionState`; a client component may also call it with a plain object. A schema's own
 * messages, like an AppError's, are keys of the catalogue's `errors` section.
 */
export function runAction<S extends z.ZodType, T>(
  schema: S,
  verb: (ctx: SignedIn, input: z.output<S>) => Promise<T>,
): (previous: Result<T> | null, input: FormData | z.input<S>) => Promise<Result<T>> {
  return async (_previous, input) => {
    const requestId = await findRequestId();
    const fields = formInput(input);
    return settleResult(requestId, fields, async () => {
      if (!sameOrigin(await headers(), env().publicUrl)) throw new AppError("forbidden", "foreignOrigin");
      const user = await findUser();
      if (!user) throw new AppError("not_signed_in", "sessionEnded");
      return verb({ ...user, requestId }, await schema.parseAsync(fields));
    });
  };
}
