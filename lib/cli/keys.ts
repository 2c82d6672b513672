import type { Command } from "commander";
import { z } from "zod";
import { addVerb, type Shell } from "@/lib/cli/add-verb";
import { contextOf, contextOfKey } from "@/lib/cli/context";
import { KEY_FLAGS, KeyFlags } from "@/lib/cli/key-flags";
import { listKeysAnswer } from "@/lib/cli/keys-list";
import { text } from "@/lib/cli/text";
import { createKey } from "@/lib/keys/create-key";
import { listKeys } from "@/lib/keys/list-keys";
import { parseOverlap } from "@/lib/keys/overlap";
import { revokeKey } from "@/lib/keys/revoke-key";
import { rotateKey } from "@/lib/keys/rotate-key";
import { KEY_STATUSES } from "@/lib/keys/types";

const Overlap = z.string().transform((typed, context) => {
  const seconds = parseOverlap(typed);
  if (seconds !== null) return seconds;
  context.addIssue({ code: "custom", message: "overlap" });
  return z.NEVER;
});

/** `keys create`, `keys list`, `keys revoke`, `keys rotate`. */
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
      return {
        text: secret,
        json: { id: key.id, name: key.name, key: secret },
        note: text("answers.shownOnce"),
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
      const pageSize = 1_000;
      const { keys: all, matching } = await listKeys(ctx, { ...filter, pageSize });
      for (let page = 2; all.length < matching; page++) {
        const more = await listKeys(ctx, { ...filter, pageSize, page });
        if (more.keys.length === 0) break;
        all.push(...more.keys);
      }
      return listKeysAnswer(all);
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

  addVerb(keys, shell, {
    name: "rotate",
    about: "verbs.keysRotate",
    flags: [
      { flag: "--id <key>", about: "flags.keyId", required: true },
      { flag: "--overlap <time>", about: "flags.overlap", required: true },
    ],
    schema: z.object({ id: z.string(), overlap: Overlap }),
    run: async ({ id, overlap }) => {
      const ctx = await contextOfKey(id);
      const { secret, oldEndsAt } = await rotateKey(ctx, { keyId: id, overlapSeconds: overlap });
      const note =
        overlap > 0 && oldEndsAt
          ? text("answers.replacedThen", { at: oldEndsAt.toISOString() })
          : text("answers.replacedNow");
      return { text: secret, json: { id, key: secret, oldEndsAt }, note };
    },
  });
}
