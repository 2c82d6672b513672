import { createHash } from "node:crypto";
import { once } from "node:events";
import type { ServerResponse } from "node:http";
import { decode, encode } from "gpt-tokenizer/encoding/o200k_base";
import { composeAnswer, type EchoAnswer, type EchoRequest } from "@/lib/sandbox/echo/compose-answer";
import { type EchoOptions, readEchoRequest } from "@/lib/sandbox/echo/read-echo-request";

/** Text that looks like a special token is text. */
const PLAIN = { disallowedSpecial: new Set<string>() };
/** Tokenizing is quadratic in one unbroken run; the sandbox counts in pieces. */
const PIECE = 1_000;
const IMAGE_TOKENS = 85;
const TOOL_TOKENS = 8;

function tokenize(text: string): number[] {
  const tokens: number[] = [];
  for (let from = 0; from < text.length; ) {
    const last = text.charCodeAt(from + PIECE - 1);
    const size = last >= 0xd800 && last <= 0xdbff ? PIECE - 1 : PIECE;
    tokens.push(...encode(text.slice(from, from + size), PLAIN));
    from += size;
  }
  return tokens;
}

function countInput({ messages, tools }: EchoRequest): number {
  let total = 3;
  for (const message of messages) total += 3 + tokenize(message.text).length + message.images * IMAGE_TOKENS;
  return tools.length > 0 ? total + tokenize(JSON.stringify(tools)).length : total;
}

/** The answer cut to the cap, in pieces as a stream sends them. */
interface Cut {
  pieces: string[];
  calls: { name: string; arguments: string }[];
  tokens: number;
  finish: "stop" | "length" | "tool_calls";
}

function cutAnswer(answer: EchoAnswer, maxTokens: number | null): Cut {
  if (answer.kind === "tools") {
    const tokens = answer.calls.reduce(
      (sum, call) => sum + TOOL_TOKENS + tokenize(call.name + call.arguments).length,
      0,
    );
    if (maxTokens === null || tokens <= maxTokens)
      return { pieces: [], calls: answer.calls, tokens, finish: "tool_calls" };
    return { pieces: [], calls: [], tokens: maxTokens, finish: "length" };
  }
  const all = tokenize(answer.text);
  const tokens = maxTokens === null ? all : all.slice(0, maxTokens);
  const size = Math.max(1, Math.min(40, Math.ceil(tokens.length / 12)));
  const pieces = chop(tokens, size);
  return { pieces, calls: [], tokens: tokens.length, finish: tokens.length < all.length ? "length" : "stop" };
}

/** A token may hold part of a character: a piece goes on until its last character is whole. */
function chop(tokens: number[], size: number): string[] {
  const pieces: string[] = [];
  for (let at = 0; at < tokens.length; ) {
    let end = Math.min(at + size, tokens.length);
    let piece = decode(tokens.slice(at, end));
    for (let more = 0; more < 4 && piece.endsWith("\ufffd") && end < tokens.length; more++) {
      piece = decode(tokens.slice(at, ++end));
    }
    pieces.push(end === tokens.length ? piece.replace(/\ufffd+$/, "") : piece);
    at = end;
  }
  return pieces;
}

/** Answers one chat completion. Resolves to the name of a wrong field, or null when it has answered. */
export async function answerChat(body: unknown, res: ServerResponse): Promise<string | null> {
  const read = readEchoRequest(body);
  if ("wrong" in read) return read.wrong;
  const { request, options } = read;
  const cut = cutAnswer(composeAnswer(request), options.maxTokens);
  const prompt = countInput(request);
  const usage = {
    prompt_tokens: prompt,
    completion_tokens: cut.tokens * options.answers,
    total_tokens: prompt + cut.tokens * options.answers,
  };
  const id = `chatcmpl-echo${createHash("sha256").update(JSON.stringify(body)).digest("hex").slice(0, 20)}`;
  const frame = { id, created: Math.floor(Date.now() / 1000), model: options.model };
  if (options.stream) await sendStream(res, frame, cut, options, usage);
  else sendPlain(res, frame, cut, options, usage);
  return null;
}

function sendPlain(res: ServerResponse, frame: object, cut: Cut, options: EchoOptions, usage: object): void {
  const message = {
    role: "assistant",
    content: cut.calls.length > 0 ? null : cut.pieces.join(""),
    ...(cut.calls.length > 0 ? { tool_calls: cut.calls.map((call, at) => toolCall(call, at)) } : {}),
  };
  const choices = Array.from({ length: options.answers }, (_, index) => ({
    index,
    message,
    logprobs: null,
    finish_reason: cut.finish,
  }));
  const text = JSON.stringify({ ...frame, object: "chat.completion", choices, usage });
  res.writeHead(200, { "content-type": "application/json", "content-length": Buffer.byteLength(text) });
  res.end(text);
}

const toolCall = (call: { name: string; arguments: string }, at: number) => ({
  id: `call_echo${at}`,
  type: "function",
  function: { name: call.name, arguments: call.arguments },
});

async function sendStream(
  res: ServerResponse,
  frame: object,
  cut: Cut,
  options: EchoOptions,
  usage: object,
): Promise<void> {
  res.writeHead(200, { "content-type": "text/event-stream; charset=utf-8", "cache-control": "no-cache" });
  const send = async (choices: object[], more: object = {}) => {
    if (res.destroyed) return;
    const text = `data: ${JSON.stringify({ ...frame, object: "chat.completion.chunk", choices, ...more })}\n\n`;
    if (!res.write(text)) await Promise.race([once(res, "drain"), once(res, "close")]);
  };
  for (let index = 0; index < options.answers; index++) {
    const one = (delta: object, finish: string | null = null) => [{ index, delta, finish_reason: finish }];
    await send(one({ role: "assistant", content: cut.calls.length > 0 ? null : "" }));
    for (const [at, call] of cut.calls.entries()) {
      const whole = toolCall(call, at);
      await send(
        one({ tool_calls: [{ index: at, ...whole, function: { name: call.name, arguments: "" } }] }),
      );
      await send(one({ tool_calls: [{ index: at, function: { arguments: call.arguments } }] }));
    }
    for (const piece of cut.pieces) await send(one({ content: piece }));
    await send(one({}, cut.finish));
  }
  if (options.includeUsage) await send([], { usage });
  if (!res.destroyed) res.end("data: [DONE]\n\n");
}
