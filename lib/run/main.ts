import { log } from "@/lib/log";
import { refuseBadSettings } from "@/lib/run/refuse-bad-settings";

/** What a process can be told: to finish what it has begun. */
export interface Running {
  stop: () => Promise<void>;
}

/**
 * The life of a process: settings checked, started, "ready" told to the supervisor, stopped once on SIGINT or SIGTERM.
 * A start that fails ends it with code 1 and one log line.
 */
export async function runMain(name: string, start: () => Promise<Running>): Promise<void> {
  refuseBadSettings();
  let stopping = false;
  let running: Running | undefined;
  const stop = async () => {
    if (stopping) return;
    stopping = true;
    await running?.stop().catch((error) => log.error({ err: error }, `the ${name} did not stop cleanly`));
    process.exit(0);
  };
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
  process.on("unhandledRejection", (error) => log.error({ err: error }, "unhandled rejection"));
  try {
    running = await start();
  } catch (error) {
    log.fatal({ err: error }, `the ${name} could not start`);
    process.exit(1);
  }
  process.send?.("ready");
}
