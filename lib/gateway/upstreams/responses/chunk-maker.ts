import type { Json } from "@/lib/gateway/dialects/api-request";
import { isObject } from "@/lib/gateway/dialects/read-fields";
import { OPENAI_FORMAT } from "./chat-input";
import type { ResponsesObserver } from "./responses-observer";

/** The events of a response as chunks of a chat completion. */
export class ChunkMaker {
  /** The index of each call, by output_index; and which items came in pieces. */
  private readonly calls = new Map<unknown, number>();
  private readonly streamed = new Set<unknown>();
  private roleSent = false;

  constructor(private readonly observer: ResponsesObserver) {}

  chunks(event: Json): Json[] {
    const delta = typeof event.delta === "string" ? event.delta : "";
    if (delta !== "") this.streamed.add(event.output_index);
    switch (event.type) {
      case "response.output_text.delta": {
        const { logprobs } = event;
        const probs = Array.isArray(logprobs) && logprobs.length > 0 ? { content: logprobs } : null;
        return this.make({ content: delta }, probs ? { logprobs: probs } : {});
      }
      case "response.refusal.delta":
        return this.make({ refusal: delta });
      case "response.reasoning_summary_text.delta":
      case "response.reasoning_text.delta":
        return this.make({ reasoning_content: delta });
      case "response.reasoning_summary_part.added":
        return event.summary_index === 0 ? [] : this.make({ reasoning_content: "\n\n" });
      case "response.function_call_arguments.delta":
        return this.call(event, { function: { arguments: delta } });
      case "response.custom_tool_call_input.delta":
        return this.call(event, { custom: { input: delta } });
      case "response.output_item.added":
        return this.begin(event);
      case "response.output_item.done":
        return [...this.begin(event), ...this.end(event)];
      case "response.completed":
      case "response.incomplete":
        return this.make({}, { finish_reason: this.observer.finishReason ?? "stop" });
      default:
        return [];
    }
  }

  private make(delta: Json, more: Json = {}): Json[] {
    const { id, created, model } = this.observer;
    const role = this.roleSent ? {} : { role: "assistant" };
    this.roleSent = true;
    const choice = { index: 0, delta: { ...role, ...delta }, finish_reason: null, ...more };
    return [{ id, object: "chat.completion.chunk", created, model, choices: [choice] }];
  }

  private call(event: Json, piece: Json): Json[] {
    const index = this.calls.get(event.output_index);
    return index === undefined ? [] : this.make({ tool_calls: [{ index, ...piece }] });
  }

  private begin({ output_index: at, item }: Json): Json[] {
    if (!isObject(item) || this.calls.has(at)) return [];
    const empty =
      item.type === "function_call"
        ? { type: "function", function: { name: item.name, arguments: "" } }
        : item.type === "custom_tool_call"
          ? { type: "custom", custom: { name: item.name, input: "" } }
          : null;
    if (!empty) return [];
    this.calls.set(at, this.calls.size);
    return this.call({ output_index: at }, { id: item.call_id, ...empty });
  }

  /** What an item brings only with its end: encrypted thoughts, and, where no pieces came, everything. */
  private end(event: Json): Json[] {
    const { item, output_index: at } = event;
    if (!isObject(item)) return [];
    const chunks: Json[] = [];
    if (!this.streamed.has(at)) {
      for (const part of partsOf(item.summary, item.content)) {
        if (typeof part.refusal === "string") chunks.push(...this.make({ refusal: part.refusal }));
        const field = item.type === "reasoning" ? "reasoning_content" : "content";
        if (typeof part.text === "string") chunks.push(...this.make({ [field]: part.text }));
      }
      if (item.arguments) chunks.push(...this.call(event, { function: { arguments: item.arguments } }));
      if (item.input) chunks.push(...this.call(event, { custom: { input: item.input } }));
    }
    if (item.type === "reasoning" && typeof item.encrypted_content === "string") {
      chunks.push(...this.make({ reasoning_details: [encryptedDetail(item, Number(at))] }));
    }
    return chunks;
  }
}

/** Encrypted thoughts as they travel in a chat. */
export function encryptedDetail(item: Json, index: number): Json {
  return {
    type: "reasoning.encrypted",
    data: item.encrypted_content,
    ...(typeof item.id === "string" ? { id: item.id } : {}),
    format: OPENAI_FORMAT,
    index,
  };
}

/** The parts of several lists. */
export function partsOf(...lists: unknown[]): Json[] {
  return lists.flatMap((list) => (Array.isArray(list) ? list.filter(isObject) : []));
}
