import { Command } from "commander";
import type { Io, Shell } from "@/lib/cli/add-verb";
import { registerAliases } from "@/lib/cli/aliases";
import { registerCodes } from "@/lib/cli/codes";
import { registerConnections } from "@/lib/cli/connections";
import { registerCredits } from "@/lib/cli/credits";
import { registerDoctor } from "@/lib/cli/doctor";
import { explainFailure } from "@/lib/cli/explain-failure";
import { registerKeys } from "@/lib/cli/keys";
import { registerLedger } from "@/lib/cli/ledger";
import { registerModels } from "@/lib/cli/models";
import { registerPacks } from "@/lib/cli/packs";
import { registerRoutes } from "@/lib/cli/routes";
import { registerSetup } from "@/lib/cli/setup";
import { text } from "@/lib/cli/text";
import { registerUsage } from "@/lib/cli/usage";
import { registerUsers } from "@/lib/cli/users";

/** In the order of a first set-up. */
const NOUNS = [
  registerUsers,
  registerCredits,
  registerPacks,
  registerCodes,
  registerKeys,
  registerConnections,
  registerModels,
  registerRoutes,
  registerAliases,
  registerUsage,
  registerSetup,
  registerDoctor,
  registerLedger,
];

/**
 * Runs one command, `keys create --email ...`. Answers go to `io.out`, one sentence on what went wrong to
 * `io.err`. Returns what the process ends with: 0, 1 (refused or failed), 2 (called wrongly). Never throws.
 */
export async function runCli(args: readonly string[], io: Io): Promise<number> {
  let exitCode = 0;
  const shell: Shell = {
    io,
    end: (code) => {
      exitCode = code;
    },
  };
  const program = new Command("tollgate")
    .description(text("about"))
    .addHelpText("after", `\n${text("more")}`)
    .helpCommand(false)
    .exitOverride()
    .configureOutput({
      writeOut: (line) => io.out(line.trimEnd()),
      // Only the help of a noun without its verb; what went wrong is said once, below.
      writeErr: (line) => {
        if (line.startsWith("Usage:")) io.err(line.trimEnd());
      },
    });
  for (const register of NOUNS) register(program, shell);
  try {
    await program.parseAsync(args, { from: "user" });
    return exitCode;
  } catch (error) {
    const failure = explainFailure(error);
    // Help that was asked for ends well; help in place of a missing verb says so itself.
    if (failure.exitCode !== 0 && !failure.message.startsWith("(output")) io.err(failure.message);
    return failure.exitCode;
  }
}
