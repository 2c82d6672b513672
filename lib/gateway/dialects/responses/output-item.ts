import type { Json } from "@/lib/gateway/dialects/api-request";
import { isObject } from "@/lib/gateway/dialects/read-fields";
import type { EventWriter } from "./event-writer";

export type ItemStatus = "completed" | "incomplete";

/** An item of an answer that has begun and not ended, as far as it has come. */
export interface OpenItem {
  readonly index: number;
  readonly item: Json;
  /** The part of it that is being written: of its content, or of a summary of thoughts. */
  part: { list: "content" | "summary"; index: number; part: Json } | null;
}

export function beginItem(writer: EventWriter, index: number, item: Json): OpenItem {
  writer.write("response.output_item.added", { output_index: index, item });
  return { index, item, part: null };
}

export function beginPart(
  writer: EventWriter,
  open: OpenItem,
  list: "content" | "summary",
  part: Json,
): void {
  const parts = partsOf(open.item, list);
  const index = parts.length;
  if (list === "summary") {
    writer.write("response.reasoning_summary_part.added", { ...placeOf(open), summary_index: index, part });
  } else {
    writer.write("response.content_part.added", { ...placeOf(open), content_index: index, part });
  }
  // Written before it grows: what has been sent must not change.
  parts.push(part);
  open.part = { list, index, part };
}

/** What every event about an item names. */
export function placeOf({ item, index }: OpenItem): Json {
  return { item_id: item.id, output_index: index };
}

export function partsOf(item: Json, list: "content" | "summary"): Json[] {
  const given = item[list];
  if (Array.isArray(given)) return given as Json[];
  const made: Json[] = [];
  item[list] = made;
  return made;
}

/** Ends the part that is being written, if any. */
export function endPart(writer: EventWriter, open: OpenItem): void {
  if (!open.part) return;
  const { list, index, part } = open.part;
  open.part = null;
  const place = placeOf(open);
  if (list === "summary") {
    writer.write("response.reasoning_summary_text.done", { ...place, summary_index: index, text: part.text });
    writer.write("response.reasoning_summary_part.done", { ...place, summary_index: index, part });
    return;
  }
  const where = { ...place, content_index: index };
  if (part.type === "refusal") {
    writer.write("response.refusal.done", { ...where, refusal: part.refusal });
  } else if (part.type === "reasoning_text") {
    writer.write("response.reasoning_text.done", { ...where, text: part.text });
  } else {
    writer.write("response.output_text.done", { ...where, text: part.text, logprobs: part.logprobs ?? [] });
  }
  writer.write("response.content_part.done", { ...where, part });
}

/** Ends an item with everything in it. */
export function endItem(writer: EventWriter, open: OpenItem, status: ItemStatus): void {
  endPart(writer, open);
  const { item, index } = open;
  if (item.type === "function_call") {
    const { name, arguments: text } = item;
    writer.write("response.function_call_arguments.done", { ...placeOf(open), name, arguments: text });
  } else if (item.type === "custom_tool_call") {
    writer.write("response.custom_tool_call_input.done", { ...placeOf(open), input: item.input });
  }
  // OpenAI's reasoning items have no status, and some versions of its API refuse to be given one back.
  if (item.type !== "reasoning" || item.status !== undefined) item.status = status;
  writer.write("response.output_item.done", { output_index: index, item });
}

/** Adds text to a field of an item or part; what is no text so far begins anew. */
export function grow(holder: unknown, field: string, text: string): void {
  if (!isObject(holder)) return;
  const given = holder[field];
  holder[field] = (typeof given === "string" ? given : "") + text;
}
