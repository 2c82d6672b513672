import { type System, startSystem } from "@/e2e/harness/system";

/** Playwright's global setup: one running system for all browser tests, on the ports that the configuration chose. */
export default async function setup(): Promise<() => Promise<void>> {
  const { TOLLGATE_TEST_PORT = "", TOLLGATE_TEST_GATEWAY_PORT = "" } = process.env;
  const system: System = await startSystem({
    env: { PORT: TOLLGATE_TEST_PORT, GATEWAY_PORT: TOLLGATE_TEST_GATEWAY_PORT },
  });
  process.env.TOLLGATE_TEST_DATA_DIR = system.dataDir;
  return () => system.stop();
}
