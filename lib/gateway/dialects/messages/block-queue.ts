import type { EventSink, Json } from "@/lib/gateway/dialects/api-request";

/** One block of an answer on its way to the caller. */
export interface Block {
  /** As `content_block_start` shows it; null as long as that is not known. */
  shown: Json | null;
  /** Content in the form of deltas that has not been told yet. */
  waiting: Json[];
  /** Whether nothing more can come, so that the next one may begin. */
  ended: () => boolean;
  /** Deltas that complete it when it is closed. */
  ending?: () => Json[];
}

/**
 * Tells blocks one after the other, each from its start to its stop, as Anthropic does, whatever order their pieces
 * come in. The one in front is told as it comes; the others wait until it has ended.
 * Source: Anthropic docs, "Streaming messages", content blocks.
 */
export class BlockQueue {
  private readonly queue: Block[] = [];
  private isOpen = false;
  private index = 0;

  constructor(private readonly out: EventSink) {}

  /** The block that was added last, if it is not told to its end. */
  get last(): Block | undefined {
    return this.queue.at(-1);
  }

  add(block: Block): void {
    this.queue.push(block);
    this.advance();
  }

  /** Something was added to a block. */
  advance(): void {
    for (let front = this.queue[0]; front; front = this.queue[0]) {
      if (!front.shown) return;
      this.tell(front);
      if (this.queue.length === 1 || !front.ended()) return;
      this.close(front);
    }
  }

  /** Tells and closes whatever there is. */
  finish(): void {
    for (let front = this.queue[0]; front; front = this.queue[0]) {
      if (front.shown) {
        this.tell(front);
        this.close(front);
      } else {
        this.queue.shift();
      }
    }
  }

  private tell(block: Block): void {
    if (!this.isOpen) {
      this.isOpen = true;
      this.send({ type: "content_block_start", index: this.index, content_block: block.shown });
    }
    for (const delta of block.waiting) this.delta(delta);
    block.waiting = [];
  }

  private close(block: Block): void {
    for (const delta of block.ending?.() ?? []) this.delta(delta);
    this.send({ type: "content_block_stop", index: this.index });
    this.index++;
    this.isOpen = false;
    this.queue.shift();
  }

  private delta(delta: Json): void {
    this.send({ type: "content_block_delta", index: this.index, delta });
  }

  private send(event: Json): void {
    this.out.event(JSON.stringify(event), String(event.type));
  }
}
