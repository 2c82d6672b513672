import type { Command } from "commander";
import { z } from "zod";
import { addVerb, type Flag, type Shell } from "@/lib/cli/add-verb";
import { contextOf, contextOfKey } from "@/lib/cli/context";
import { ROTATION_FLAGS, rotationFlags } from "@/lib/cli/key-flags";
import { printTable } from "@/lib/cli/print-table";
import { text } from "@/lib/cli/text";
import { endOverlap } from "@/lib/keys/end-overlap";
import { pauseKey } from "@/lib/keys/pause-key";
import { resumeKey } from "@/lib/keys/resume-key";
import { rotateAllKeys } from "@/lib/keys/rotate-all-keys";
import { rotateKey } from "@/lib/keys/rotate-key";
import { setKeyReminder } from "@/lib/keys/set-key-reminder";

const ID: Flag = { flag: "--id <key>", about: "flags.keyId", required: true };
const EMAIL: Flag = { flag: "--email <address>", about: "flags.email", required: true };
const OneKey = z.object({ id: z.string() });

/** `keys rotate`, `rotate-all`, `end-overlap`, `pause`, `resume` and `remind`. */
export function registerKeyActions(keys: Command, shell: Shell): void {
  addVerb(keys, shell, {
    name: "rotate",
    about: "verbs.keysRotate",
    flags: [ID, ...ROTATION_FLAGS],
    schema: z.object({ id: z.string(), ...rotationFlags }),
    run: async ({ id, overlap, leaked }) => {
      const ctx = await contextOfKey(id);
      const { secret, oldEndsAt } = await rotateKey(ctx, { keyId: id, overlapSeconds: overlap, leaked });
      const note =
        overlap && oldEndsAt
          ? text("answers.replacedThen", { at: oldEndsAt.toISOString() })
          : text("answers.replacedNow");
      return { text: secret, json: { id, key: secret, oldEndsAt }, note };
    },
  });

  addVerb(keys, shell, {
    name: "rotate-all",
    about: "verbs.keysRotateAll",
    flags: [EMAIL, ...ROTATION_FLAGS],
    schema: z.object({ email: z.string(), ...rotationFlags }),
    run: async ({ email, overlap, leaked }) => {
      const rotated = await rotateAllKeys(await contextOf(email), { overlapSeconds: overlap, leaked });
      const heads = ["id", "name", "key"] as const;
      const rows = rotated.map(({ key, secret }) => [key.id, key.name, secret]);
      const table = printTable(
        heads.map((head) => ({ head: text(`columns.${head}`) })),
        rows,
      );
      return {
        text: rows.length > 0 ? table : text("answers.noKeys"),
        json: rotated.map(({ key, secret, oldEndsAt }) => ({
          id: key.id,
          name: key.name,
          key: secret,
          oldEndsAt,
        })),
        note: rows.length > 0 ? text("answers.allShownOnce", { count: rows.length }) : "",
      };
    },
  });

  addVerb(keys, shell, {
    name: "end-overlap",
    about: "verbs.keysEndOverlap",
    flags: [ID],
    schema: OneKey,
    run: async ({ id }) => {
      const { endsAt } = await endOverlap(await contextOfKey(id), { keyId: id });
      return { text: text("answers.overlapEnded", { id }), json: { id, endsAt } };
    },
  });

  addVerb(keys, shell, {
    name: "pause",
    about: "verbs.keysPause",
    flags: [ID],
    schema: OneKey,
    run: async ({ id }) => {
      const { pausedAt } = await pauseKey(await contextOfKey(id), { keyId: id });
      const at = pausedAt.toISOString();
      return { text: text("answers.paused", { id, at }), json: { id, status: "paused", pausedAt } };
    },
  });

  addVerb(keys, shell, {
    name: "resume",
    about: "verbs.keysResume",
    flags: [ID],
    schema: OneKey,
    run: async ({ id }) => {
      await resumeKey(await contextOfKey(id), { keyId: id });
      return { text: text("answers.resumed", { id }), json: { id, pausedAt: null } };
    },
  });

  addVerb(keys, shell, {
    name: "remind",
    about: "verbs.keysRemind",
    flags: [EMAIL, { flag: "--days <count>", about: "flags.reminderDays", required: true }],
    schema: z.object({ email: z.string(), days: z.coerce.number().int().min(0).max(3_650) }),
    run: async ({ email, days }) => {
      await setKeyReminder(await contextOf(email), { days });
      return { text: text("answers.reminder", { days }), json: { email, days } };
    },
  });
}
