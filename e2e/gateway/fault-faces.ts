import { expect } from "vitest";
import { GATEWAY_ERRORS, type GatewayErrorCode } from "@/lib/gateway/dialects/errors";

export interface ToldError {
  code: GatewayErrorCode;
  message: string;
  request_id: string;
}

/** What a caller of one dialect sends, and how it is told of a failure. */
export interface FaultFace {
  name: "chat" | "completions" | "messages" | "responses";
  path: string;
  body(model: string, stream: boolean): object;
  /** The HTTP status of an error before the answer began. */
  status(code: GatewayErrorCode): number;
  /** Reads an error body; fails the test where it is not of this dialect. */
  plainError(text: string): ToldError;
  /** Reads the error that ends a stream; fails the test where the stream does not end as this dialect ends. */
  streamError(text: string): ToldError;
}

const DOCS = "http://localhost:3000/docs/errors";
const message = (content: string) => [{ role: "user", content }];

function openAiError(text: string): ToldError {
  const { error } = JSON.parse(text);
  expect(error).toMatchObject({
    message: expect.any(String),
    type: GATEWAY_ERRORS[error.code as GatewayErrorCode].type,
    doc_url: `${DOCS}/${error.code}`,
    request_id: expect.stringMatching(/^req_/),
  });
  return error;
}

/** The events of a stream, comments left out, as name and data. */
function eventsOf(text: string): { name: string | null; data: string }[] {
  expect(text.endsWith("\n\n")).toBe(true);
  return text
    .split("\n\n")
    .filter((part) => part !== "" && !part.startsWith(":"))
    .map((part) => {
      const lines = part.split("\n");
      const data = lines.filter((line) => line.startsWith("data: ")).map((line) => line.slice(6));
      const name = lines.find((line) => line.startsWith("event: "))?.slice(7) ?? null;
      return { name, data: data.join("\n") };
    });
}

function afterDone(text: string): ToldError {
  const events = eventsOf(text);
  expect(events.at(-1)?.data).toBe("[DONE]");
  return openAiError(events.at(-2)?.data ?? "");
}

const openAiStatus = (code: GatewayErrorCode) => GATEWAY_ERRORS[code].status;

export const FAULT_FACES: readonly FaultFace[] = [
  {
    name: "chat",
    path: "/chat/completions",
    body: (model, stream) => ({ model, stream, max_tokens: 50, messages: message("hi") }),
    status: openAiStatus,
    plainError: openAiError,
    streamError: afterDone,
  },
  {
    name: "completions",
    path: "/completions",
    body: (model, stream) => ({ model, stream, max_tokens: 50, prompt: "hi" }),
    status: openAiStatus,
    plainError: openAiError,
    streamError: afterDone,
  },
  {
    name: "messages",
    path: "/messages",
    body: (model, stream) => ({ model, stream, max_tokens: 50, messages: message("hi") }),
    status: (code) => GATEWAY_ERRORS[code].anthropic.status,
    plainError(text) {
      const body = JSON.parse(text);
      const { error } = body;
      expect(body.type).toBe("error");
      expect(error).toMatchObject({
        type: GATEWAY_ERRORS[error.code as GatewayErrorCode].anthropic.type,
        message: expect.any(String),
        doc_url: `${DOCS}/${error.code}`,
        request_id: expect.stringMatching(/^req_/),
      });
      return error;
    },
    streamError(text) {
      const last = eventsOf(text).at(-1);
      expect(last?.name).toBe("error");
      return this.plainError(last?.data ?? "");
    },
  },
  {
    name: "responses",
    path: "/responses",
    body: (model, stream) => ({ model, stream, max_output_tokens: 50, input: "hi", store: false }),
    status: openAiStatus,
    plainError: openAiError,
    streamError(text) {
      const events = eventsOf(text).map(({ name, data }) => ({ name, json: JSON.parse(data) }));
      const numbers = events.map(({ json }) => json.sequence_number);
      expect(numbers).toEqual(numbers.map((_, index) => index));
      const last = events.at(-1);
      expect([last?.name, last?.json.type, last?.json.response?.status]).toEqual([
        "response.failed",
        "response.failed",
        "failed",
      ]);
      const { error } = last?.json.response ?? {};
      expect(error).toMatchObject({ code: expect.any(String), message: expect.any(String) });
      return error;
    },
  },
];
