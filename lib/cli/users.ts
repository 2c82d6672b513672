import type { Command } from "commander";
import { z } from "zod";
import { createUser } from "@/lib/accounts/create-user";
import { addVerb, type Shell } from "@/lib/cli/add-verb";
import { cliContext } from "@/lib/cli/context";
import { readValue } from "@/lib/cli/read-value";
import { text } from "@/lib/cli/text";

/** `users create`. */
export function registerUsers(program: Command, shell: Shell): void {
  const users = program.command("users").description(text("nouns.users"));
  addVerb(users, shell, {
    name: "create",
    about: "verbs.usersCreate",
    flags: [
      { flag: "--email <address>", about: "flags.email", required: true },
      { flag: "--password <password>", about: "flags.password", required: true },
      { flag: "--operator", about: "flags.operator" },
    ],
    schema: z.object({ email: z.string(), password: z.string(), operator: z.boolean().default(false) }),
    run: async ({ email, password, operator }, io) => {
      const input = { email, password: await readValue(password, io), operator, verified: true };
      const { userId, workspaceId } = await createUser(cliContext(), input);
      return { text: userId, json: { id: userId, workspaceId, operator } };
    },
  });
}
