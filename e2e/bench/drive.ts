import { Pool } from "undici";

export interface Measured {
  calls: number;
  failed: number;
  perSecond: number;
  p50Ms: number;
  p99Ms: number;
}

export interface Load {
  origin: string;
  path: string;
  headers: Record<string, string>;
  body: string;
  clients: number;
  forMs: number;
}

/** Calls in a closed loop: each client sends its next one when the last has been read to its end. */
export async function drive({ origin, path, headers, body, clients, forMs }: Load): Promise<Measured> {
  const pool = new Pool(origin, { connections: clients, pipelining: 1 });
  const timesMs: number[] = [];
  let failed = 0;
  const startedMs = performance.now();
  const client = async () => {
    while (performance.now() - startedMs < forMs) {
      const sentMs = performance.now();
      const answer = await pool.request({ path, method: "POST", headers, body });
      await answer.body.dump();
      if (answer.statusCode === 200) timesMs.push(performance.now() - sentMs);
      else failed += 1;
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  const tookMs = performance.now() - startedMs;
  await pool.close();
  timesMs.sort((a, b) => a - b);
  const at = (share: number) => timesMs[Math.floor((timesMs.length - 1) * share)] ?? Number.NaN;
  return {
    calls: timesMs.length,
    failed,
    perSecond: Math.round((timesMs.length / tookMs) * 1_000),
    p50Ms: at(0.5),
    p99Ms: at(0.99),
  };
}
