/**
 * The operator's command line, as a process. Its answer alone goes to standard output, so everything is loaded
 * inside the try: a wrong setting is one sentence and not a stack.
 */
async function main(): Promise<number> {
  const { log } = await import("@/lib/log");
  log.level = "silent";
  const { runCli } = await import("@/lib/cli/run-cli");
  const { closeDb } = await import("@/lib/db");
  const { closeHotPool } = await import("@/lib/ledger/hot-pool");
  try {
    return await runCli(process.argv.slice(2), {
      out: (text) => process.stdout.write(`${text}\n`),
      err: (text) => process.stderr.write(`${text}\n`),
      read: async () => {
        const chunks: Buffer[] = [];
        for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk));
        return Buffer.concat(chunks).toString("utf8");
      },
    });
  } finally {
    await Promise.allSettled([closeDb(), closeHotPool()]);
  }
}

// A reader that closes early (`tollgate keys list | head -1`) is no failure.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
});

main().then(
  (exitCode) => {
    process.exitCode = exitCode;
  },
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  },
);
