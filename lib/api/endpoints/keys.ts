import { z } from "zod";
import { endpoint } from "@/lib/api/endpoint";
import { renderKey, renderWarnings } from "@/lib/api/render-key";
import { KeyChangesBody, NewKeyBody, toLimits } from "@/lib/api/schemas/key-body";
import { ChangedKeyObject, KeyList, KeyObject, NewKeyObject } from "@/lib/api/schemas/key-object";
import { about } from "@/lib/api/text";
import { AppError } from "@/lib/errors";
import { createKey } from "@/lib/keys/create-key";
import { getKey } from "@/lib/keys/get-key";
import { parsePlace } from "@/lib/keys/key-place";
import { listKeysPage } from "@/lib/keys/list-keys-page";
import { revokeKey } from "@/lib/keys/revoke-key";
import { KEY_STATUSES } from "@/lib/keys/types";
import { updateKey } from "@/lib/keys/update-key";

const ListQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(200).default(50).describe(about("limit")),
  cursor: z.string().max(2_000).optional().describe(about("cursor")),
  search: z.string().max(100).optional().describe(about("search")),
  status: z.enum(KEY_STATUSES).optional().describe(about("status")),
  disabled: z
    .enum(["true", "false"])
    .optional()
    .transform((text) => (text === undefined ? undefined : text === "true"))
    .describe(about("disabled_filter")),
});

/** Keys themselves: list, make, read, change, revoke. */
export const KEY_ENDPOINTS = [
  endpoint({
    name: "listKeys",
    method: "GET",
    path: "/keys",
    query: ListQuery,
    answer: KeyList,
    run: async ({ ctx, query }) => {
      const { limit, cursor, search, status, disabled } = query;
      if (cursor !== undefined && !parsePlace(cursor)) {
        throw new AppError("invalid_input", "unknownCursor", { field: "cursor" });
      }
      const { keys, next } = await listKeysPage(ctx, {
        pageSize: limit,
        sort: "newest",
        ...(cursor === undefined ? {} : { place: cursor }),
        ...(search === undefined ? {} : { search }),
        ...(status === undefined ? {} : { status }),
        ...(disabled === undefined ? {} : { disabled }),
      });
      return { object: "list", data: keys.map(renderKey), has_more: next !== null, next_cursor: next };
    },
  }),
  endpoint({
    name: "createKey",
    method: "POST",
    path: "/keys",
    body: NewKeyBody,
    status: 201,
    answer: NewKeyObject,
    run: async ({ ctx, body: { name, ...limits }, tx }) => {
      const { key, secret } = await createKey(ctx, { ...toLimits(limits), name }, tx);
      const view = await getKey(ctx, { keyId: key.id }, tx);
      return { ...renderKey(view), key: secret, warnings: await renderWarnings(view.limits) };
    },
  }),
  endpoint({
    name: "getKey",
    method: "GET",
    path: "/keys/{id}",
    answer: KeyObject,
    run: async ({ ctx, id }) => renderKey(await getKey(ctx, { keyId: id })),
  }),
  endpoint({
    name: "updateKey",
    method: "PATCH",
    path: "/keys/{id}",
    body: KeyChangesBody,
    answer: ChangedKeyObject,
    run: async ({ ctx, id, body: { name, updated_at, ...limits }, tx }) => {
      await updateKey(ctx, { ...toLimits(limits), name, updatedAt: updated_at, keyId: id }, tx);
      const view = await getKey(ctx, { keyId: id }, tx);
      return { ...renderKey(view), warnings: await renderWarnings(view.limits) };
    },
  }),
  endpoint({
    name: "revokeKey",
    method: "DELETE",
    path: "/keys/{id}",
    answer: KeyObject,
    run: async ({ ctx, id, tx }) => {
      await revokeKey(ctx, { keyId: id }, tx);
      return renderKey(await getKey(ctx, { keyId: id }, tx));
    },
  }),
];
