type Json = Record<string, unknown>;

export interface SeenEvent {
  name: string | null | undefined;
  event: Json;
}

/** What may come after what, by output_index and part. */
interface Following {
  item: Json;
  ended: boolean;
  parts: Part[];
  summary: Part[];
  grown: string;
  grownDone: boolean;
}

interface Part {
  text: string;
  textDone: boolean;
  done: boolean;
}

function fail(why: string, event: Json): never {
  throw new Error(`${why}: ${JSON.stringify(event)}`);
}

/**
 * Checks a stream of the Responses API as a strict client would: numbers that grow by one, the beginning and the end
 * where they belong, indexes without gaps, nothing before it is added or after it is done, every text done as it
 * grew, and the last response with all the items as they ended. Gives the last response.
 */
export function checkSequence(seen: readonly SeenEvent[]): Json {
  const items: Following[] = [];
  const types: string[] = [];
  for (const [at, { name, event }] of seen.entries()) {
    const type = event.type as string;
    types.push(type);
    if (name !== type) fail(`the event is named ${name}`, event);
    if (event.sequence_number !== at) fail(`number ${at} expected`, event);
    if (at === 0 && type !== "response.created") fail("it does not begin with response.created", event);
    if (at === 1 && type !== "response.in_progress" && type !== "response.failed") {
      fail("response.in_progress does not follow", event);
    }
    if (isEnd(type) !== (at === seen.length - 1)) fail("the end is not where it belongs", event);
    if (typeof event.output_index === "number") follow(items, type, event);
  }
  const last = seen.at(-1)?.event ?? {};
  const response = last.response as Json;
  const first = seen[0]?.event.response as Json;
  if (response.id !== first.id) fail("another response ends than began", last);
  const status = { "response.completed": "completed", "response.incomplete": "incomplete" }[
    last.type as string
  ];
  if (response.status !== (status ?? "failed")) fail("a status that is not the event's", last);
  if (last.type === "response.failed") return response;
  for (const { item, ended } of items) if (!ended) fail("an item is never done", item);
  if (JSON.stringify(items.map(({ item }) => item)) !== JSON.stringify(response.output)) {
    fail("the last response has other items than the stream", last);
  }
  if (status === "completed" && items.some(({ item }) => item.status === "incomplete")) {
    fail("a complete response with an incomplete item", last);
  }
  return response;
}

const isEnd = (type: string) =>
  type === "response.completed" || type === "response.incomplete" || type === "response.failed";

function follow(items: Following[], type: string, event: Json): void {
  const index = event.output_index as number;
  if (type === "response.output_item.added") {
    if (index !== items.length) fail("an output_index that is not the next", event);
    const item = event.item as Json;
    if (typeof item.id !== "string" || items.some((other) => other.item.id === item.id)) {
      fail("an item without an id of its own", event);
    }
    items.push({ item, ended: false, parts: [], summary: [], grown: "", grownDone: false });
    return;
  }
  const open = items[index] ?? fail("an item that was never added", event);
  if (open.ended) fail("an item that is done already", event);
  if (type === "response.output_item.done") {
    const item = event.item as Json;
    if (item.id !== open.item.id || item.type !== open.item.type) fail("another item ends than began", event);
    if ([...open.parts, ...open.summary].some((part) => !part.done)) fail("a part is never done", event);
    const isCall = item.type === "function_call" || item.type === "custom_tool_call";
    if (isCall && !open.grownDone) fail("a call whose text is never done", event);
    if (item.type === "function_call" && item.arguments !== open.grown) fail("other arguments", event);
    if (item.type === "custom_tool_call" && item.input !== open.grown) fail("another input", event);
    open.item = item;
    open.ended = true;
    return;
  }
  if (event.item_id !== open.item.id) fail("an item_id that is not the item's", event);
  const summary = type.startsWith("response.reasoning_summary");
  const parts = summary ? open.summary : open.parts;
  const at = (summary ? event.summary_index : event.content_index) as number;
  if (type.endsWith("_part.added")) {
    if (at !== parts.length) fail("a part's index that is not the next", event);
    if (parts.some((part) => !part.done)) fail("a part begins before the last is done", event);
    parts.push({ text: "", textDone: false, done: false });
    return;
  }
  if (type.includes("arguments") || type.includes("tool_call_input")) {
    if (type.endsWith(".delta")) open.grown += event.delta;
    else if ((event.arguments ?? event.input) !== open.grown) fail("a call done with other text", event);
    else open.grownDone = true;
    return;
  }
  const part = parts[at] ?? fail("a part that was never added", event);
  if (part.done) fail("a part that is done already", event);
  if (type.endsWith(".delta")) part.text += event.delta;
  else if (type.endsWith("_part.done")) {
    const whole = event.part as Json;
    if ((whole.text ?? whole.refusal) !== part.text) fail("a part with another text", event);
    if (!part.textDone) fail("a part whose text is never done", event);
    part.done = true;
  } else if (type.endsWith(".done")) {
    if ((event.text ?? event.refusal) !== part.text) fail("a text done with another text", event);
    part.textDone = true;
  }
}
