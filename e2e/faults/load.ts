import { randomUUID } from "node:crypto";
import { request } from "node:http";
import type { System } from "@/e2e/harness/system";

/** What a client saw of one call. Only one that it received in full may be charged without question. */
export interface Seen {
  requestId: string;
  complete: boolean;
  status: number;
  streamed: boolean;
}

export interface Customer {
  email: string;
  key: string;
}

/** A person with credit and a key, made on the command line. */
export async function makeCustomer(system: System, usd: string): Promise<Customer> {
  const email = `load-${randomUUID().slice(0, 8)}@example.com`;
  await must(system, "users", "create", "--email", email, "--password", "a quiet harbour at dawn");
  await must(system, "credits", "grant", "--email", email, "--usd", usd, "--reason", "load test");
  const key = (await must(system, "keys", "create", "--email", email, "--name", "load")).trim();
  return { email, key };
}

async function must(system: System, ...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await system.cli(...args);
  if (code !== 0) throw new Error(`tollgate ${args.join(" ")}: ${stderr || stdout}`);
  return stdout;
}

/** One call over a connection of its own, so that a killed process is seen as what it is. */
export function call(system: System, key: string, streamed: boolean, prompt: string): Promise<Seen> {
  return new Promise((resolve) => {
    const body = JSON.stringify({
      model: "sandbox/echo",
      stream: streamed,
      messages: [{ role: "user", content: prompt }],
    });
    const seen: Seen = { requestId: "", complete: false, status: 0, streamed };
    const headers = {
      authorization: `Bearer ${key}`,
      "content-type": "application/json",
      "content-length": Buffer.byteLength(body),
    };
    const sent = request(
      `${system.apiUrl}/v1/chat/completions`,
      { method: "POST", agent: false, headers },
      (answer) => {
        seen.status = answer.statusCode ?? 0;
        seen.requestId = String(answer.headers["x-request-id"] ?? "");
        let text = "";
        answer.setEncoding("utf8");
        answer.on("data", (chunk: string) => {
          text += chunk;
        });
        answer.on("end", () => {
          const whole = streamed
            ? text.trimEnd().endsWith("data: [DONE]") && !text.includes('"error"')
            : answer.complete;
          seen.complete = seen.status === 200 && answer.complete && whole;
          resolve(seen);
        });
        answer.on("error", () => resolve(seen));
        answer.on("close", () => resolve(seen));
      },
    );
    sent.on("error", () => resolve(seen));
    sent.end(body);
  });
}

/** Callers that go on until told to stop, some of them streaming, and everything they saw. */
export function startLoad(system: System, key: string, callers: number): { stop(): Promise<Seen[]> } {
  let running = true;
  const all: Seen[] = [];
  const loops = Array.from({ length: callers }, async (_, caller) => {
    for (let n = 0; running; n += 1) {
      const words = caller % 3 === 0 ? "Write 200 words about toll gates." : `Say hello ${n}`;
      const seen = await call(system, key, caller % 2 === 0, words);
      all.push(seen);
      if (seen.status === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    }
  });
  return {
    async stop() {
      running = false;
      await Promise.all(loops);
      return all;
    },
  };
}
