import { shellWord } from "@/lib/clients/formats/shell";

/** Variables for a terminal, and what to run there afterwards. The values last as long as the terminal. */
export function shellExports(
  variables: readonly (readonly [name: string, value: string])[],
  commands: readonly string[] = [],
): string {
  return [...variables.map(([name, value]) => `export ${name}=${shellWord(value)}`), ...commands, ""].join(
    "\n",
  );
}
