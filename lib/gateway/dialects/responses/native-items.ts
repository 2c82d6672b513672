import type { Json } from "@/lib/gateway/dialects/api-request";
import { isObject } from "@/lib/gateway/dialects/read-fields";
import type { EventWriter } from "./event-writer";
import { endItem, grow, type ItemStatus, type OpenItem, partsOf } from "./output-item";

/** Which field of what grows with a delta. */
const GROWING: Readonly<Record<string, { list: "content" | "summary" | null; field: string }>> = {
  "response.output_text.delta": { list: "content", field: "text" },
  "response.refusal.delta": { list: "content", field: "refusal" },
  "response.reasoning_text.delta": { list: "content", field: "text" },
  "response.reasoning_summary_text.delta": { list: "summary", field: "text" },
  "response.function_call_arguments.delta": { list: null, field: "arguments" },
  "response.custom_tool_call_input.delta": { list: null, field: "input" },
};

/** Follows the events of a passed stream, so that it can be ended properly where its upstream did not come to it. */
export class NativeItems {
  private readonly items = new Map<number, Json>();
  private readonly open = new Map<number, OpenItem>();

  get any(): boolean {
    return this.items.size > 0;
  }

  /** The items so far, as far as they have come. */
  get output(): Json[] {
    return [...this.items].sort(([a], [b]) => a - b).map(([, item]) => item);
  }

  follow(event: Json): void {
    const { type, output_index: index } = event;
    if (typeof type !== "string" || typeof index !== "number") return;
    if (type === "response.output_item.added" || type === "response.output_item.done") {
      if (!isObject(event.item)) return;
      this.items.set(index, event.item);
      if (type === "response.output_item.done") this.open.delete(index);
      else this.open.set(index, { index, item: event.item, part: null });
      return;
    }
    const open = this.open.get(index);
    if (!open) return;
    if (type === "response.content_part.added")
      this.beginPart(open, "content", event.content_index, event.part);
    else if (type === "response.reasoning_summary_part.added")
      this.beginPart(open, "summary", event.summary_index, event.part);
    else if (type === "response.content_part.done" || type === "response.reasoning_summary_part.done")
      open.part = null;
    else this.grow(open, type, event);
  }

  /** Ends what is open. */
  end(writer: EventWriter, status: ItemStatus): void {
    for (const open of [...this.open.values()].sort((a, b) => a.index - b.index))
      endItem(writer, open, status);
    this.open.clear();
  }

  private beginPart(open: OpenItem, list: "content" | "summary", index: unknown, part: unknown): void {
    if (!isObject(part)) return;
    const parts = partsOf(open.item, list);
    const at = typeof index === "number" ? index : parts.length;
    parts[at] = part;
    open.part = { list, index: at, part };
  }

  private grow(open: OpenItem, type: string, event: Json): void {
    const growing = GROWING[type];
    if (!growing || typeof event.delta !== "string") return;
    grow(growing.list === null ? open.item : open.part?.part, growing.field, event.delta);
  }
}
