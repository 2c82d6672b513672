import { request } from "node:http";
import type { System } from "@/e2e/harness/system";

export interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  text: string;
}

/** One request over a connection of its own, so that the workers of a cluster take turns. */
export function ask(
  url: string,
  given: { method?: string; bearer?: string; body?: unknown; headers?: Record<string, string> } = {},
): Promise<Answer> {
  const body = given.body === undefined ? undefined : JSON.stringify(given.body);
  const headers: Record<string, string | number> = { ...given.headers };
  if (given.bearer) headers.authorization = `Bearer ${given.bearer}`;
  if (body !== undefined) {
    headers["content-type"] = "application/json";
    headers["content-length"] = Buffer.byteLength(body);
  }
  return new Promise((resolve, reject) => {
    const sent = request(url, { method: given.method ?? "GET", agent: false, headers }, (answer) => {
      let text = "";
      answer.setEncoding("utf8");
      answer.on("data", (chunk: string) => {
        text += chunk;
      });
      answer.on("end", () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text }));
      answer.on("error", reject);
    });
    sent.on("error", reject);
    sent.end(body);
  });
}

/** A call to the stand-in model that reserves little. */
export function chat(system: System, bearer: string, more: Record<string, unknown> = {}): Promise<Answer> {
  const messages = [{ role: "user", content: "Hello there" }];
  return ask(`${system.apiUrl}/v1/chat/completions`, {
    method: "POST",
    bearer,
    body: { model: "sandbox/echo", messages, max_tokens: 16, ...more },
  });
}

/** Which models a key may use: a call that needs no credit and holds nothing. */
export function models(system: System, bearer: string): Promise<Answer> {
  return ask(`${system.apiUrl}/v1/models`, { bearer });
}
