import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";

export const ANSWER = "PONG from the other side";
export const FILE = "conformance.txt";
export const CONTENT = "written by a tool";

interface Body {
  model: string;
  stream?: boolean;
  messages: { role: string; content: unknown }[];
  tools?: { function?: { name: string; parameters?: { properties?: Record<string, unknown> } } }[];
}

/** How each agent's own tool for writing a file, or for running a command, is called. */
const WRITERS: Record<string, (path: string) => Record<string, unknown>> = {
  exec_command: (path) => ({ cmd: `printf '${CONTENT}' > ${path}` }),
  Write: (path) => ({ file_path: path, content: CONTENT }),
  write_file: (path) => ({ file_path: path, content: CONTENT }),
  write: (path) => ({ filePath: path, content: CONTENT }),
  Bash: (path) => ({ command: `printf '${CONTENT}' > ${path}`, description: "write a file" }),
  bash: (path) => ({ command: `printf '${CONTENT}' > ${path}`, description: "write a file" }),
  write_to_file: (path) => ({ path, content: CONTENT }),
  editor: (path) => ({ command: "create", path, file_text: CONTENT }),
  run_commands: (path) => ({ commands: [`printf '${CONTENT}' > ${path}`] }),
  run_terminal_command: (path) => ({ command: `printf '${CONTENT}' > ${path}` }),
  run_shell_command: (path) => ({ command: `printf '${CONTENT}' > ${path}`, is_background: false }),
};

/**
 * An OpenAI-compatible model that does what the tests ask of an agent: answers in words, or writes one file with
 * whatever tool it is offered and says so after its result.
 */
export class AgentUpstream {
  private server: Server | null = null;
  /** What was asked, newest last. */
  readonly asked: Body[] = [];

  async start(): Promise<this> {
    const server = createServer((req, res) => void this.answer(req, res));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    this.server = server;
    return this;
  }

  get url(): string {
    const address = this.server?.address();
    if (!address || typeof address === "string") throw new Error("the upstream has not started");
    return `http://127.0.0.1:${address.port}/v1`;
  }

  async stop(): Promise<void> {
    this.server?.closeAllConnections();
    await new Promise((resolve) => this.server?.close(resolve));
  }

  private async answer(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of req) chunks.push(chunk as Buffer);
    const body = JSON.parse(Buffer.concat(chunks).toString("utf8") || "{}") as Body;
    this.asked.push(body);
    const call = toolCall(body);
    const usage = { prompt_tokens: 20, completion_tokens: 8, total_tokens: 28 };
    const frame = { id: "chatcmpl-conf", created: Math.floor(Date.now() / 1000), model: body.model };
    const message = call
      ? { role: "assistant", content: null, tool_calls: [call] }
      : { role: "assistant", content: ANSWER };
    const reason = call ? "tool_calls" : "stop";
    if (!body.stream) {
      const choices = [{ index: 0, message, finish_reason: reason }];
      res.writeHead(200, { "content-type": "application/json" });
      res.end(JSON.stringify({ ...frame, object: "chat.completion", choices, usage }));
      return;
    }
    res.writeHead(200, { "content-type": "text/event-stream" });
    const send = (delta: object, finish: string | null = null) =>
      res.write(
        `data: ${JSON.stringify({ ...frame, object: "chat.completion.chunk", choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`,
      );
    send({ role: "assistant", content: "" });
    if (call) {
      send({ tool_calls: [{ index: 0, ...call, function: { name: call.function.name, arguments: "" } }] });
      send({ tool_calls: [{ index: 0, function: { arguments: call.function.arguments } }] });
    } else {
      for (const word of ANSWER.split(/(?= )/)) send({ content: word });
    }
    send({}, reason);
    res.write(
      `data: ${JSON.stringify({ ...frame, object: "chat.completion.chunk", choices: [], usage })}\n\n`,
    );
    res.end("data: [DONE]\n\n");
  }
}

const textOf = (content: unknown): string =>
  typeof content === "string" ? content : JSON.stringify(content ?? "");

/** A call of the first tool that is known to write, if a file is asked for and has not been written yet. */
function toolCall(body: Body) {
  const asked = body.messages?.map(({ content }) => textOf(content)).join("\n") ?? "";
  const path = /FILE:(\S+?\.txt)/.exec(asked)?.[1];
  if (!path || body.messages.at(-1)?.role === "tool" || body.messages.some(({ role }) => role === "tool"))
    return null;
  const offered = new Set(body.tools?.map((tool) => tool.function?.name));
  const name = Object.keys(WRITERS).find((known) => offered.has(known));
  const write = name === undefined ? undefined : WRITERS[name];
  if (!name || !write) return null;
  return {
    id: "call_conformance_1",
    type: "function" as const,
    function: { name, arguments: JSON.stringify(write(path)) },
  };
}
