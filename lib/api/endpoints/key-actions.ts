import { z } from "zod";
import { type Asked, endpoint } from "@/lib/api/endpoint";
import { renderKey } from "@/lib/api/render-key";
import { RotationBody } from "@/lib/api/schemas/key-body";
import { KeyObject, RotatedKeyObject } from "@/lib/api/schemas/key-object";
import { endOverlap } from "@/lib/keys/end-overlap";
import { getKey } from "@/lib/keys/get-key";
import { pauseKey } from "@/lib/keys/pause-key";
import { resumeKey } from "@/lib/keys/resume-key";
import { rotateKey } from "@/lib/keys/rotate-key";

type Verb = (
  ctx: Asked<never, never>["ctx"],
  input: { keyId: string },
  tx: Asked<never, never>["tx"],
) => Promise<unknown>;

/** A change that needs nothing but the key, answered with the key as it is then. */
function action(name: string, word: string, verb: Verb) {
  return endpoint({
    name,
    method: "POST",
    path: `/keys/{id}/${word}`,
    body: z.strictObject({}),
    answer: KeyObject,
    run: async ({ ctx, id, tx }) => {
      await verb(ctx, { keyId: id }, tx);
      return renderKey(await getKey(ctx, { keyId: id }, tx));
    },
  });
}

/** What is done to a key. */
export const KEY_ACTION_ENDPOINTS = [
  endpoint({
    name: "rotateKey",
    method: "POST",
    path: "/keys/{id}/rotate",
    body: RotationBody,
    answer: RotatedKeyObject,
    run: async ({ ctx, id, body, tx }) => {
      const { secret, oldEndsAt } = await rotateKey(ctx, { ...body, keyId: id }, tx);
      const view = await getKey(ctx, { keyId: id }, tx);
      return { ...renderKey(view), key: secret, old_ends_at: oldEndsAt?.toISOString() ?? null };
    },
  }),
  action("endOverlap", "end-overlap", endOverlap),
  action("pauseKey", "pause", pauseKey),
  action("resumeKey", "resume", resumeKey),
];
