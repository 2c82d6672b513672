import type { Json } from "@/lib/gateway/dialects/api-request";
import { isObject } from "@/lib/gateway/dialects/read-fields";
import { randomBase62 } from "@/lib/ids";
import { CalledTool } from "./called-tool";
import type { EventWriter } from "./event-writer";
import {
  beginItem,
  beginPart,
  endItem,
  endPart,
  grow,
  type ItemStatus,
  type OpenItem,
  placeOf,
} from "./output-item";
import { addDetails, detailsText, type Sealed, seal } from "./reasoning-seal";
import type { ToolNames } from "./tool-names";

/** Where upstreams put readable thoughts; of both, the first counts. */
const FIELDS = ["reasoning_content", "reasoning"] as const;

/**
 * The answer of a chat completion as the items of a response, in the order in which it comes: thoughts, text and
 * tool calls each end where the next begin. A whole message is one single delta.
 */
export class AnswerItems {
  /** The items so far, by output_index. */
  readonly output: Json[] = [];
  private message: OpenItem | null = null;
  private reasoning: OpenItem | null = null;
  private sealed: Sealed = { details: [], calls: {}, field: null };
  /** By the upstream's index; and all, in order. */
  private readonly callAt = new Map<number, CalledTool>();
  private readonly calls: CalledTool[] = [];
  private readonly callIds = new Set<string>();

  constructor(
    private readonly writer: EventWriter,
    private readonly names: ToolNames,
  ) {}

  /** A piece of the answer, with the logprobs of its text. */
  add(delta: Json, logprobs: unknown): void {
    const { thought, text } = splitContent(delta.content);
    this.think(delta, thought);
    if (text !== "") this.write("output_text", text, logprobs);
    if (typeof delta.refusal === "string" && delta.refusal !== "") this.write("refusal", delta.refusal, null);
    if (Array.isArray(delta.annotations)) for (const note of delta.annotations) this.annotate(note);
    if (Array.isArray(delta.tool_calls)) {
      for (const [at, call] of (delta.tool_calls as unknown[]).entries()) {
        if (isObject(call)) this.call(call, typeof call.index === "number" ? call.index : at);
      }
    }
    if (isObject(delta.function_call)) this.call({ function: delta.function_call }, 0);
  }

  /** Ends what is open. Of a cut answer what was being written is incomplete. */
  end(status: ItemStatus): void {
    this.endReasoning();
    this.endMessage(status);
    for (const call of this.calls) {
      call.end(status === "incomplete" && !call.whole ? "incomplete" : "completed");
    }
    if (Object.keys(this.sealed.calls).length > 0) {
      this.beginReasoning();
      this.endReasoning();
    }
  }

  private think(delta: Json, thought: string): void {
    const pieces = Array.isArray(delta.reasoning_details) ? (delta.reasoning_details as unknown[]) : [];
    const field = FIELDS.find((name) => typeof delta[name] === "string" && delta[name] !== "");
    const text = field ? (delta[field] as string) : thought || detailsText(pieces);
    if (text === "" && pieces.length === 0) return;
    const open = this.reasoning ?? this.beginReasoning();
    addDetails(this.sealed.details, pieces);
    if (field) this.sealed.field = field;
    if (text === "") return;
    if (!open.part) beginPart(this.writer, open, "summary", { type: "summary_text", text: "" });
    this.writer.write("response.reasoning_summary_text.delta", {
      ...placeOf(open),
      summary_index: open.part?.index ?? 0,
      delta: text,
    });
    grow(open.part?.part, "text", text);
  }

  private beginReasoning(): OpenItem {
    this.endMessage("completed");
    const item: Json = { id: `rs_${randomBase62(32)}`, type: "reasoning", summary: [] };
    this.reasoning = beginItem(this.writer, this.output.length, item);
    this.output.push(item);
    return this.reasoning;
  }

  private endReasoning(): void {
    const open = this.reasoning;
    if (!open) return;
    this.reasoning = null;
    const encrypted = seal(this.sealed);
    if (encrypted !== null) open.item.encrypted_content = encrypted;
    this.sealed = { details: [], calls: {}, field: null };
    endItem(this.writer, open, "completed");
  }

  private write(type: "output_text" | "refusal", delta: string, logprobs: unknown): void {
    this.endReasoning();
    this.endCalls();
    let open = this.message;
    if (!open) {
      const item: Json = {
        id: `msg_${randomBase62(32)}`,
        type: "message",
        status: "in_progress",
        role: "assistant",
        content: [],
      };
      open = beginItem(this.writer, this.output.length, item);
      this.message = open;
      this.output.push(item);
    }
    if (open.part?.part.type !== type) {
      endPart(this.writer, open);
      const part: Json =
        type === "refusal" ? { type, refusal: "" } : { type, annotations: [], logprobs: [], text: "" };
      beginPart(this.writer, open, "content", part);
    }
    const place = { ...placeOf(open), content_index: open.part?.index ?? 0 };
    if (type === "refusal") {
      this.writer.write("response.refusal.delta", { ...place, delta });
      grow(open.part?.part, "refusal", delta);
      return;
    }
    const probs = isObject(logprobs) && Array.isArray(logprobs.content) ? (logprobs.content as Json[]) : [];
    this.writer.write("response.output_text.delta", { ...place, delta, logprobs: probs });
    grow(open.part?.part, "text", delta);
    const all = open.part?.part.logprobs;
    if (Array.isArray(all)) all.push(...probs);
  }

  /** A source that the text names, as searching models give it. */
  private annotate(note: unknown): void {
    const open = this.message;
    if (!open?.part || !isObject(note) || !isObject(note.url_citation)) return;
    const annotations = open.part.part.annotations;
    if (!Array.isArray(annotations)) return;
    const annotation = { type: "url_citation", ...note.url_citation };
    this.writer.write("response.output_text.annotation.added", {
      ...placeOf(open),
      content_index: open.part.index,
      annotation_index: annotations.length,
      annotation,
    });
    annotations.push(annotation);
  }

  private endMessage(status: ItemStatus): void {
    if (this.message) endItem(this.writer, this.message, status);
    this.message = null;
  }

  private call(delta: Json, index: number): void {
    const id = typeof delta.id === "string" ? delta.id : "";
    const called = isObject(delta.function) ? delta.function : {};
    const name = typeof called.name === "string" ? called.name : "";
    let call = this.callAt.get(index);
    // Some give every call the same index, and only the id tells them apart.
    if (!call || (call.begun && name !== "" && id !== "" && call.upstreamId !== id)) {
      call = new CalledTool(this.writer, this.names, id, this.callIds);
      this.callIds.add(call.callId);
      this.callAt.set(index, call);
      this.calls.push(call);
    }
    if (isObject(delta.extra_content)) this.keep(call, delta.extra_content);
    call.addName(name);
    const given = called.arguments;
    const text = typeof given === "string" ? given : isObject(given) ? JSON.stringify(given) : "";
    if (!call.begun && call.named) {
      this.endReasoning();
      this.endMessage("completed");
      this.endCalls();
      call.begin(this.output);
    }
    call.addArguments(text);
  }

  /** What hangs on a call goes into the thoughts before it, or, where it comes late, after everything. */
  private keep(call: CalledTool, extra: Json): void {
    if (!call.begun && !this.reasoning) this.beginReasoning();
    this.sealed.calls[call.callId] = extra;
  }

  /** Ends the calls whose arguments are whole; others may go on beside what follows. */
  private endCalls(): void {
    for (const call of this.calls) if (call.begun && call.whole) call.end("completed");
  }
}

/** Content as text, and as thoughts where an upstream (Mistral) puts them among its parts. */
function splitContent(content: unknown): { thought: string; text: string } {
  const split = { thought: "", text: "" };
  if (typeof content === "string") split.text = content;
  if (!Array.isArray(content)) return split;
  for (const part of content as unknown[]) {
    if (!isObject(part)) continue;
    if (typeof part.text === "string") split.text += part.text;
    if (Array.isArray(part.thinking)) split.thought += splitContent(part.thinking).text;
  }
  return split;
}
