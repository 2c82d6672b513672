import type { EventSink, Json } from "@/lib/gateway/dialects/api-request";
import { isObject } from "@/lib/gateway/dialects/read-fields";
import { addDetails, detailsText, seal } from "@/lib/gateway/dialects/responses/reasoning-seal";
import { CLAUDE_FORMAT } from "@/lib/gateway/upstreams/anthropic/thinking-details";
import { type Block, BlockQueue } from "./block-queue";
import { ToolBlocks } from "./tool-blocks";

/** The deltas of chat completion chunks as Anthropic's content blocks. */
export class BlocksFromChunks {
  private readonly queue: BlockQueue;
  private readonly tools: ToolBlocks;
  /** The block that text or thinking is being added to. */
  private open: { kind: "text" | "thinking"; block: Block } | null = null;
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
    const said = delta.reasoning_content ?? delta.reasoning;
    // The same text may stand in both places; only the details say which signature belongs to which.
    if (detailsText(claudes) === "") {
      this.thinking(typeof said === "string" && said !== "" ? said : detailsText(pieces));
    }
    for (const piece of claudes) {
      if (piece.type === "reasoning.encrypted") this.redacted(piece.data);
      if (typeof piece.text === "string") this.thinking(piece.text);
      if (typeof piece.signature !== "string" || piece.signature === "") continue;
      this.write("thinking", { type: "signature_delta", signature: piece.signature });
      this.open = null;
    }
    addDetails(
      this.details,
      pieces.filter((piece) => piece.format !== CLAUDE_FORMAT),
    );
  }

  private thinking(thinking: string): void {
    if (thinking !== "") this.write("thinking", { type: "thinking_delta", thinking });
  }

  private write(kind: "text" | "thinking", delta: Json): void {
    if (this.open?.kind !== kind || this.queue.last !== this.open.block) {
      const shown =
        kind === "text" ? { type: "text", text: "" } : { type: "thinking", thinking: "", signature: "" };
      this.open = { kind, block: { shown, waiting: [], ended: () => true } };
      this.queue.add(this.open.block);
    }
    this.open.block.waiting.push(delta);
    this.queue.advance();
  }

  private redacted(data: unknown): void {
    this.open = null;
    this.queue.add({ shown: { type: "redacted_thinking", data }, waiting: [], ended: () => true });
  }

  /** What must come back with a tool's result is told before its call, where thinking stands with Anthropic. */
  private beforeTool(id: string, extra: Json | null): void {
    this.open = null;
    if (!this.thinks) return;
    const sealed = seal({ details: this.details, calls: extra ? { [id]: extra } : {} });
    if (sealed === null) return;
    this.details = [];
    this.redacted(sealed);
  }
}
