import { closeDb } from "@/lib/db";
import { closeHotPool } from "@/lib/ledger/hot-pool";
import { log } from "@/lib/log";
import { JobLoop } from "@/lib/run/job-loop";
import { JOBS } from "@/lib/run/jobs";
import { Leadership } from "@/lib/run/leadership";
import { runMain } from "@/lib/run/main";
import { readiness } from "@/lib/run/readiness";

const HEARTBEAT_MS = 5_000;

runMain("worker", async () => {
  const loops = new Map(JOBS.map((job) => [job.name, new JobLoop(job)]));
  const channels = Object.fromEntries(
    JOBS.flatMap((job) => (job.channel ? [[job.channel, () => loops.get(job.name)?.wake()]] : [])),
  );
  const leadership = new Leadership({
    channels,
    onGain: () => {
      for (const loop of loops.values()) loop.start();
    },
    onLoss: async () => {
      await Promise.all([...loops.values()].map((loop) => loop.stop()));
    },
  });
  leadership.start();
  // Its health is what it tells the supervisor; one that falls silent is started again.
  const heartbeat = setInterval(async () => {
    const { ready } = await readiness();
    process.send?.({ alive: true, ready, leads: leadership.isLeading() });
  }, HEARTBEAT_MS);
  log.info({ jobs: JOBS.map((job) => job.name) }, "worker runs");

  return {
    async stop() {
      clearInterval(heartbeat);
      await leadership.stop();
      await Promise.allSettled([closeDb(), closeHotPool()]);
    },
  };
});
