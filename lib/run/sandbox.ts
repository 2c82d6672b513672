import { env } from "@/lib/env";
import { log } from "@/lib/log";
import { drain } from "@/lib/run/listen";
import { runMain } from "@/lib/run/main";
import { startSandbox } from "@/lib/sandbox/server";

const DRAIN_MS = 5_000;

runMain("sandbox", async () => {
  const { TOLLGATE_SANDBOX_URL, production } = env();
  if (production) throw new Error("Stand-ins are never loaded in production.");
  if (!TOLLGATE_SANDBOX_URL) throw new Error("TOLLGATE_SANDBOX_URL is not set: start with npm start.");
  const server = await startSandbox(Number(new URL(TOLLGATE_SANDBOX_URL).port));
  log.info({ url: TOLLGATE_SANDBOX_URL }, "stand-ins listen");
  return { stop: () => drain(server, DRAIN_MS) };
});
