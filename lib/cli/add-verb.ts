import type { Command } from "commander";
import type { z } from "zod";
import { text } from "@/lib/cli/text";

/** Where a command reads from and writes to. */
export interface Io {
  out(text: string): void;
  err(text: string): void;
  /** All of standard input, as text. */
  read(): Promise<string>;
}

/** What a verb answers: text for people, the same as JSON, and what goes to standard error beside either. */
export interface Answer {
  text: string;
  json: unknown;
  note?: string;
  exitCode?: number;
}

/** A flag as commander writes it, `--email <address>`, with its line of help. */
export interface Flag {
  flag: string;
  about: Parameters<typeof text>[0];
  required?: boolean;
  /** May be given several times. */
  many?: boolean;
}

export interface Verb<S extends z.ZodType> {
  name: string;
  about: Parameters<typeof text>[0];
  flags: readonly Flag[];
  /** Over the flags' camel-case names. What it refuses is named by its flag. */
  schema: S;
  run(input: z.output<S>, io: Io): Promise<Answer>;
}

/** What registers a noun's verbs gets: commander's command for the noun, and what the process ends with. */
export interface Shell {
  io: Io;
  end(exitCode: number): void;
}

/** Adds a verb to a noun, with `--json`. */
export function addVerb<S extends z.ZodType>(noun: Command, shell: Shell, verb: Verb<S>): void {
  const command = noun.command(verb.name).description(text(verb.about)).allowExcessArguments(false);
  for (const { flag, about, required, many } of verb.flags) {
    const collect = (value: string, earlier: string[] = []) => [...earlier, value];
    if (required) command.requiredOption(flag, text("required", { about: text(about) }));
    else if (many) command.option(flag, text(about), collect);
    else command.option(flag, text(about));
  }
  command.option("--json", text("flags.json"));
  command.action(async (flags: Record<string, unknown>) => {
    const answer = await verb.run(await verb.schema.parseAsync(flags), shell.io);
    shell.io.out(flags.json ? printJson(answer.json) : answer.text);
    if (answer.note && !flags.json) shell.io.err(answer.note);
    shell.end(answer.exitCode ?? 0);
  });
}

/** Amounts are given as decimal text by then; a count that is still a bigint becomes text too. */
function printJson(value: unknown): string {
  return JSON.stringify(value, (_name, item) => (typeof item === "bigint" ? item.toString() : item), 2);
}
