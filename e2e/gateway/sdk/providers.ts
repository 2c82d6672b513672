import { createServer, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { LLMock } from "@copilotkit/aimock";

/** The tokens that the mock reports, whichever API it is asked over. */
const USAGE = {
  prompt_tokens: 11,
  completion_tokens: 7,
  input_tokens: 11,
  output_tokens: 7,
  promptTokenCount: 11,
  candidatesTokenCount: 7,
};

export const TEXT = "Hi there! This text is long enough to come in more than one piece.";
export const FINAL = "It is sunny.";
export const REFUSED = "temperature must be at most 2";

/**
 * An independent mock of the providers' APIs (OpenAI's, Azure's, Anthropic's, Google's) on one port, and before it a
 * recorder of the bodies that the gateway sends, so that a test can see what arrived.
 */
export class MockProviders {
  readonly bodies: string[] = [];
  private readonly mock = new LLMock({ port: 0 });
  private recorder: Server | null = null;

  async start(): Promise<this> {
    const call = (city: string) => ({ name: "weather", arguments: JSON.stringify({ city }) });
    this.mock.on({ hasToolResult: true }, { content: FINAL, usage: USAGE });
    this.mock.onMessage("weather in Oslo and Rome", {
      toolCalls: [call("Oslo"), call("Rome")],
      usage: USAGE,
    });
    this.mock.onMessage("weather in Oslo", { toolCalls: [call("Oslo")], usage: USAGE });
    this.mock.onMessage("which place", { content: '{"city":"Oslo"}', usage: USAGE });
    this.mock.onMessage("say hello", { content: TEXT, usage: USAGE });
    this.mock.onMessage("what is on the picture", { content: TEXT, usage: USAGE });
    this.mock.onMessage("be refused", {
      error: { message: REFUSED, type: "invalid_request_error" },
      status: 400,
    });
    this.mock.onMessage("break down", { error: { message: "secret inner fault" }, status: 500 });
    await this.mock.start();
    const origin = new URL(this.mock.url);
    const recorder = createServer((req, res) => {
      const chunks: Buffer[] = [];
      req.on("data", (chunk: Buffer) => chunks.push(chunk));
      req.on("end", () => {
        const body = Buffer.concat(chunks);
        this.bodies.push(body.toString("utf8"));
        const headers = { ...req.headers, host: origin.host };
        const onward = request(
          { host: origin.hostname, port: origin.port, method: req.method, path: req.url, headers },
          (answer) => {
            res.writeHead(answer.statusCode ?? 502, answer.headers);
            answer.pipe(res);
          },
        );
        onward.on("error", () => res.destroy());
        onward.end(body);
      });
    });
    await new Promise<void>((resolve) => recorder.listen(0, "127.0.0.1", resolve));
    this.recorder = recorder;
    return this;
  }

  /** Of the recorder, without a path. */
  get origin(): string {
    if (!this.recorder) throw new Error("the mock has not started");
    return `http://127.0.0.1:${(this.recorder.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.recorder?.closeAllConnections();
    await new Promise((resolve) => this.recorder?.close(resolve));
    await this.mock.stop();
  }
}
