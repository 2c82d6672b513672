import type { Command } from "commander";
import { z } from "zod";
import { addVerb, type Shell } from "@/lib/cli/add-verb";
import { contextOf, contextOfKey } from "@/lib/cli/context";
import { printTable } from "@/lib/cli/print-table";
import { text } from "@/lib/cli/text";
import { createManagementKey } from "@/lib/keys/create-management-key";
import { LimitsForm } from "@/lib/keys/key-form";
import { listManagementKeys } from "@/lib/keys/list-management-keys";
import { revokeManagementKey } from "@/lib/keys/revoke-management-key";

/** `management-keys create`, `list` and `revoke`. */
export function registerManagementKeys(program: Command, shell: Shell): void {
  const keys = program.command("management-keys").description(text("nouns.managementKeys"));
  addVerb(keys, shell, {
    name: "create",
    about: "verbs.managementKeysCreate",
    flags: [
      { flag: "--email <address>", about: "flags.email", required: true },
      { flag: "--name <name>", about: "flags.keyName", required: true },
      { flag: "--ip <ranges>", about: "flags.ip" },
      { flag: "--expires <time>", about: "flags.expires" },
    ],
    schema: z
      .object({
        email: z.string(),
        name: z.string(),
        ip: z.string().optional(),
        expires: z.string().optional(),
      })
      .transform(({ email, name, ip, expires }) => {
        const { ipRanges, expiresAt } = LimitsForm.parse({ ipRanges: ip, expiresAt: expires });
        return { email, name, ipRanges, expiresAt };
      }),
    run: async ({ email, ...wanted }) => {
      const { key, secret } = await createManagementKey(await contextOf(email), wanted);
      const json = { id: key.id, name: key.name, key: secret };
      return { text: secret, json, note: text("answers.shownOnce") };
    },
  });

  addVerb(keys, shell, {
    name: "list",
    about: "verbs.managementKeysList",
    flags: [{ flag: "--email <address>", about: "flags.email", required: true }],
    schema: z.object({ email: z.string() }),
    run: async ({ email }) => {
      const all = await listManagementKeys(await contextOf(email));
      const heads = ["id", "name", "key", "status", "lastUsed", "expires"] as const;
      const minute = (at: Date | null) => (at ? `${at.toISOString().slice(0, 16)}Z` : text("columns.never"));
      const rows = all.map((key) => [
        key.id,
        key.name,
        `${key.prefix}…${key.lastFour}`,
        key.status,
        minute(key.lastUsedAt),
        minute(key.expiresAt),
      ]);
      const table = printTable(
        heads.map((head) => ({ head: text(`columns.${head}`) })),
        rows,
      );
      return { text: rows.length > 0 ? table : text("answers.noKeys"), json: all };
    },
  });

  addVerb(keys, shell, {
    name: "revoke",
    about: "verbs.managementKeysRevoke",
    flags: [{ flag: "--id <key>", about: "flags.keyId", required: true }],
    schema: z.object({ id: z.string() }),
    run: async ({ id }) => {
      const { revokedAt } = await revokeManagementKey(await contextOfKey(id), { keyId: id });
      const at = revokedAt.toISOString();
      return {
        text: text("answers.managementRevoked", { id, at }),
        json: { id, status: "revoked", revokedAt },
      };
    },
  });
}
