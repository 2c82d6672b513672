"use server";

import { z } from "zod";
import { runAction } from "@/lib/http/run-action";
import { makeHiddenKey } from "@/lib/keys/make-hidden-key";

/** A secret for this tab. It goes into the page's memory and nowhere else. */
export const makeTabKeyAction = runAction(z.object({}), async (ctx) => {
  const { secret, endsAt } = await makeHiddenKey(ctx);
  return { secret, endsAtMs: endsAt.getTime() };
});
