/** A refusal of the command line itself, already a sentence for people. */
export class CliError extends Error {
  override readonly name = "CliError";

  constructor(
    message: string,
    /** 2 for how it was called, 1 for what it met. */
    readonly exitCode: 1 | 2,
  ) {
    super(message);
  }
}
