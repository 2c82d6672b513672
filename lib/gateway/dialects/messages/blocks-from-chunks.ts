import type { EventSink, Json } from "@/lib/gateway/dialects/api-request";
import { isObject } from "@/lib/gateway/dialects/read-fields";
import {
  addDetails,
  detailsText,
  seal,
  type ThoughtField,
} from "@/lib/gateway/dialects/responses/reasoning-seal";
import { CLAUDE_FORMAT } from "@/lib/gateway/upstreams/anthropic/thinking-details";
import { type Block, BlockQueue } from "./block-queue";
import { ToolBlocks } from "./tool-blocks";

const FIELDS: readonly ThoughtField[] = ["reasoning_content", "reasoning"];

/** A block that text or thinking is being added to. */
interface Open {
  kind: "text" | "thinking";
  block: Block;
  /** In which the upstream gave its thoughts. */
  field: ThoughtField | null;
  signed: boolean;
}

/** The deltas of chat completion chunks as Anthropic's content blocks. */
export class BlocksFromChunks {
  private readonly queue: BlockQueue;
  private readonly tools: ToolBlocks;
  private open: Open | null = null;
  /** Thoughts of other vendors that must come back with the next turn, as long as they have not been told. */
  private details: Json[] = [];
  refused = false;

  /** `thinks`: the caller asked for thinking; others are shown none. */
  constructor(
    out: EventSink,
    private readonly thinks: boolean,
  ) {
    this.queue = new BlockQueue(out);
    this.tools = new ToolBlocks(this.queue, (id, extra) => this.beforeTool(id, extra));
  }

  get calledTools(): boolean {
    return this.tools.any;
  }

  delta(delta: Json): void {
    this.think(delta);
    const { content, refusal } = delta;
    if (typeof content === "string") this.text(content);
    if (typeof refusal === "string" && refusal !== "") {
      this.refused = true;
      this.text(refusal);
    }
    if (Array.isArray(delta.tool_calls)) {
      for (const piece of delta.tool_calls as unknown[]) if (isObject(piece)) this.tools.piece(piece);
    }
    if (isObject(delta.function_call)) this.tools.piece({ index: 0, function: delta.function_call });
  }

  finish(): void {
    this.queue.finish();
    this.open = null;
  }

  private text(text: string): void {
    if (text !== "") this.write("text", { type: "text_delta", text });
  }

  private think(delta: Json): void {
    if (!this.thinks) return;
    const pieces = Array.isArray(delta.reasoning_details)
      ? (delta.reasoning_details as unknown[]).filter(isObject)
      : [];
    const claudes = pieces.filter((piece) => piece.format === CLAUDE_FORMAT);
    // The same text may stand in both places; only the details say which signature belongs to which.
    if (detailsText(claudes) === "") {
      const field = FIELDS.find((name) => typeof delta[name] === "string" && delta[name] !== "") ?? null;
      this.thinking(field ? String(delta[field]) : detailsText(pieces), field);
    }
    for (const piece of claudes) {
      if (piece.type === "reasoning.encrypted") this.redacted(piece.data);
      if (typeof piece.text === "string") this.thinking(piece.text, null);
      if (typeof piece.signature !== "string" || piece.signature === "") continue;
      this.write("thinking", { type: "signature_delta", signature: piece.signature }).signed = true;
      this.open = null;
    }
    addDetails(
      this.details,
      pieces.filter((piece) => piece.format !== CLAUDE_FORMAT),
    );
  }

  private thinking(thinking: string, field: ThoughtField | null): void {
    if (thinking !== "") this.write("thinking", { type: "thinking_delta", thinking }).field ??= field;
  }

  private write(kind: Open["kind"], delta: Json): Open {
    let { open } = this;
    if (open?.kind !== kind || this.queue.last !== open.block) {
      open = beginBlock(kind);
      this.open = open;
      this.queue.add(open.block);
    }
    open.block.waiting.push(delta);
    this.queue.advance();
    return open;
  }

  private redacted(data: unknown): void {
    this.open = null;
    this.queue.add({ shown: { type: "redacted_thinking", data }, waiting: [], ended: () => true });
  }

  /** What must come back with a tool's result is told before its call, where thinking stands with Anthropic. */
  private beforeTool(id: string, extra: Json | null): void {
    this.open = null;
    if (!this.thinks) return;
    const sealed = seal({ details: this.details, calls: extra ? { [id]: extra } : {}, field: null });
    if (sealed === null) return;
    this.details = [];
    this.redacted(sealed);
  }
}

/**
 * Thinking that its upstream did not sign is signed with the field in which it must go back there; clients hand
 * signatures back unread.
 */
function beginBlock(kind: Open["kind"]): Open {
  if (kind === "text") {
    const block = { shown: { type: "text", text: "" }, waiting: [], ended: () => true };
    return { kind, block, field: null, signed: false };
  }
  const ending = (): Json[] => {
    const signature = open.signed ? null : seal({ details: [], calls: {}, field: open.field });
    return signature === null ? [] : [{ type: "signature_delta", signature }];
  };
  const shown = { type: "thinking", thinking: "", signature: "" };
  const open: Open = {
    kind,
    block: { shown, waiting: [], ended: () => true, ending },
    field: null,
    signed: false,
  };
  return open;
}
