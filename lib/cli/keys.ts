import type { Command } from "commander";
import { z } from "zod";
import { addVerb, type Shell } from "@/lib/cli/add-verb";
import { contextOf, contextOfKey } from "@/lib/cli/context";
import { registerKeyActions } from "@/lib/cli/key-actions";
import { KEY_CHANGE_FLAGS, KEY_FLAGS, KeyChangeFlags, KeyFlags } from "@/lib/cli/key-flags";
import { listKeysAnswer, showKeyAnswer } from "@/lib/cli/keys-list";
import { registerManagementKeys } from "@/lib/cli/management-keys";
import { text } from "@/lib/cli/text";
import { warningNote } from "@/lib/cli/warning-note";
import { createKey } from "@/lib/keys/create-key";
import { getKey } from "@/lib/keys/get-key";
import { listKeys } from "@/lib/keys/list-keys";
import { revokeKey } from "@/lib/keys/revoke-key";
import { KEY_STATUSES } from "@/lib/keys/types";
import { updateKey } from "@/lib/keys/update-key";

const PAGE_SIZE = 1_000;

/** `keys create`, `list`, `show`, `update`, `revoke`, what is done to keys, and `management-keys`. */
export function registerKeys(program: Command, shell: Shell): void {
  const keys = program.command("keys").description(text("nouns.keys"));
  addVerb(keys, shell, {
    name: "create",
    about: "verbs.keysCreate",
    flags: KEY_FLAGS,
    schema: KeyFlags,
    run: async ({ email, name, limits }) => {
      const ctx = await contextOf(email);
      const { key, secret } = await createKey(ctx, { ...limits, name });
      const warnings = await warningNote(ctx, key.id);
      return {
        text: secret,
        json: { id: key.id, name: key.name, key: secret },
        note: [...warnings, text("answers.shownOnce")].join("\n"),
      };
    },
  });

  addVerb(keys, shell, {
    name: "list",
    about: "verbs.keysList",
    flags: [
      { flag: "--email <address>", about: "flags.email", required: true },
      { flag: "--search <text>", about: "flags.search" },
      { flag: "--status <status>", about: "flags.status" },
    ],
    schema: z.object({
      email: z.string(),
      search: z.string().optional(),
      status: z.enum(KEY_STATUSES).optional(),
    }),
    run: async ({ email, ...filter }) => {
      const ctx = await contextOf(email);
      const { keys: all, matching } = await listKeys(ctx, { ...filter, pageSize: PAGE_SIZE });
      for (let page = 2; all.length < matching; page++) {
        const more = await listKeys(ctx, { ...filter, pageSize: PAGE_SIZE, page });
        if (more.keys.length === 0) break;
        all.push(...more.keys);
      }
      return listKeysAnswer(all);
    },
  });

  addVerb(keys, shell, {
    name: "show",
    about: "verbs.keysShow",
    flags: [{ flag: "--id <key>", about: "flags.keyId", required: true }],
    schema: z.object({ id: z.string() }),
    run: async ({ id }) => showKeyAnswer(await getKey(await contextOfKey(id), { keyId: id })),
  });

  addVerb(keys, shell, {
    name: "update",
    about: "verbs.keysUpdate",
    flags: KEY_CHANGE_FLAGS,
    schema: KeyChangeFlags,
    run: async ({ id, name, limits }) => {
      const ctx = await contextOfKey(id);
      await updateKey(ctx, { ...limits, ...(name === undefined ? {} : { name }), keyId: id });
      const warnings = await warningNote(ctx, id);
      return { ...showKeyAnswer(await getKey(ctx, { keyId: id })), note: warnings.join("\n") };
    },
  });

  addVerb(keys, shell, {
    name: "revoke",
    about: "verbs.keysRevoke",
    flags: [{ flag: "--id <key>", about: "flags.keyId", required: true }],
    schema: z.object({ id: z.string() }),
    run: async ({ id }) => {
      const { revokedAt } = await revokeKey(await contextOfKey(id), { keyId: id });
      return {
        text: text("answers.revoked", { id, at: revokedAt.toISOString() }),
        json: { id, status: "revoked", revokedAt },
      };
    },
  });

  registerKeyActions(keys, shell);
  registerManagementKeys(program, shell);
}
