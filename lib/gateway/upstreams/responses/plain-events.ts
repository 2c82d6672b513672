import type { Json } from "@/lib/gateway/dialects/api-request";
import { isObject } from "@/lib/gateway/dialects/read-fields";

/** A whole response as the events of a stream, each piece of it in one. */
export function plainEvents(response: Json): { json: Json; name: string }[] {
  const events: { json: Json; name: string }[] = [];
  const write = (type: string, fields: Json) => {
    events.push({ json: { type, sequence_number: events.length, ...fields }, name: type });
  };
  const begun = {
    ...response,
    status: "in_progress",
    completed_at: null,
    incomplete_details: null,
    output: [],
    usage: null,
  };
  write("response.created", { response: begun });
  write("response.in_progress", { response: begun });
  const items = Array.isArray(response.output) ? (response.output as unknown[]) : [];
  for (const [index, item] of items.entries()) if (isObject(item)) writeItem(write, index, item);
  write(response.status === "incomplete" ? "response.incomplete" : "response.completed", { response });
  return events;
}

type Write = (type: string, fields: Json) => void;

function writeItem(write: Write, index: number, item: Json): void {
  const place = { item_id: item.id, output_index: index };
  write("response.output_item.added", { output_index: index, item: emptied(item) });
  for (const [at, part] of partsOf(item.summary).entries()) {
    const where = { ...place, summary_index: at };
    write("response.reasoning_summary_part.added", { ...where, part: { ...part, text: "" } });
    write("response.reasoning_summary_text.delta", { ...where, delta: part.text });
    write("response.reasoning_summary_text.done", { ...where, text: part.text });
    write("response.reasoning_summary_part.done", { ...where, part });
  }
  for (const [at, part] of partsOf(item.content).entries()) {
    writePart(write, { ...place, content_index: at }, part);
  }
  if (item.type === "function_call") {
    write("response.function_call_arguments.delta", { ...place, delta: item.arguments });
    write("response.function_call_arguments.done", { ...place, name: item.name, arguments: item.arguments });
  } else if (item.type === "custom_tool_call") {
    write("response.custom_tool_call_input.delta", { ...place, delta: item.input });
    write("response.custom_tool_call_input.done", { ...place, input: item.input });
  }
  write("response.output_item.done", { output_index: index, item });
}

function writePart(write: Write, where: Json, part: Json): void {
  if (part.type === "refusal") {
    write("response.content_part.added", { ...where, part: { ...part, refusal: "" } });
    write("response.refusal.delta", { ...where, delta: part.refusal });
    write("response.refusal.done", { ...where, refusal: part.refusal });
  } else {
    const kind = part.type === "reasoning_text" ? "reasoning_text" : "output_text";
    const logprobs = kind === "output_text" ? { logprobs: part.logprobs ?? [] } : {};
    write("response.content_part.added", { ...where, part: { ...part, text: "" } });
    write(`response.${kind}.delta`, { ...where, delta: part.text, ...logprobs });
    write(`response.${kind}.done`, { ...where, text: part.text, ...logprobs });
  }
  write("response.content_part.done", { ...where, part });
}

/** An item as it begins. */
function emptied(item: Json): Json {
  const begun: Json = { ...item };
  if (item.status !== undefined) begun.status = "in_progress";
  for (const list of ["content", "summary"]) if (Array.isArray(item[list])) begun[list] = [];
  for (const field of ["arguments", "input"]) if (typeof item[field] === "string") begun[field] = "";
  return begun;
}

function partsOf(value: unknown): Json[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}
