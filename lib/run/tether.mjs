/**
 * Loaded before each process that the supervisor starts: when the supervisor is gone, however it ended, the process
 * stops too, as gently as on SIGTERM. Workers of a cluster follow their own primary.
 */
import cluster from "node:cluster";

const LAST_RESORT_MS = 20_000;

if (process.connected && cluster.isPrimary) {
  process.on("disconnect", () => {
    setTimeout(() => process.exit(1), LAST_RESORT_MS).unref();
    process.kill(process.pid, "SIGTERM");
  });
  process.channel?.unref();
}
