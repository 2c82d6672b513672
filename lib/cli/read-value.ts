import type { Io } from "@/lib/cli/add-verb";
import { CliError } from "@/lib/cli/cli-error";
import { text } from "@/lib/cli/text";

/** A flag's value; `-` takes the first line of standard input, so that a secret stays out of the shell's history. */
export async function readValue(value: string, io: Io): Promise<string> {
  if (value !== "-") return value;
  const [line = ""] = (await io.read()).split(/\r?\n/, 1);
  if (line === "") throw new CliError(text("failures.noStdin"), 2);
  return line;
}
