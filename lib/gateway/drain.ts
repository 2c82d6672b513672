import type { Server } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import type { Catalog } from "@/lib/catalog/snapshot";
import type { Instance } from "@/lib/gateway/instance";
import type { Listener } from "@/lib/gateway/listener";
import type { Services } from "@/lib/gateway/services";
import { log } from "@/lib/log";
import type { PromptRecorder } from "@/lib/usage/record-prompt";

export interface Draining {
  services: Services;
  server: Server;
  listener: Listener;
  instance: Instance;
  catalog: Catalog;
  prompts: PromptRecorder;
  /** How long /readyz says "draining" before new connections are refused. */
  noticeMs: number;
  /** How long open calls may still run. */
  graceMs: number;
}

/** How long cut calls may take to be settled and told. */
const CUT_MS = 3_000;

/** Stops a gateway so that nothing is lost: notice, grace, a proper ending for what remains, and a settled ledger. */
export async function drainGateway(draining: Draining): Promise<void> {
  const { services, server, listener, instance, catalog, prompts, noticeMs, graceMs } = draining;
  services.draining = true;
  await pause(noticeMs);
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  await Promise.race([services.openCalls.whenIdle(), pause(graceMs, undefined, { ref: false })]);
  if (services.openCalls.size > 0) {
    log.warn({ calls: services.openCalls.size }, "grace is over: cutting what still runs");
    services.openCalls.cutAll();
    await Promise.race([services.openCalls.whenIdle(), pause(CUT_MS, undefined, { ref: false })]);
  }
  // Answers that were just ended get a moment to leave.
  await Promise.race([closed, pause(500, undefined, { ref: false })]);
  server.closeAllConnections();
  await services.lastUsed.stop();
  await prompts.stop();
  services.ticker.stop();
  catalog.stop();
  await listener.stop();
  await instance.stop().catch((error: Error) => log.warn({ err: error.message }, "not marked as stopped"));
  await services.dispatchers.close();
}
