import type { Json } from "@/lib/gateway/dialects/api-request";
import { isObject } from "@/lib/gateway/dialects/read-fields";
import { randomBase62 } from "@/lib/ids";
import type { EventWriter } from "./event-writer";
import { beginItem, endItem, grow, type ItemStatus, type OpenItem, placeOf } from "./output-item";
import type { NamedTool, ToolNames } from "./tool-names";
import { inputFromArguments } from "./tools-to-chat";

/**
 * One tool call of a chat completion as an item of a response. Its item begins once the name is known; the input of
 * a custom tool, and what to search tools for, are known only once its arguments are whole.
 */
export class CalledTool {
  /** As the upstream said it; empty where it said none. */
  readonly upstreamId: string;
  readonly callId: string;
  private name = "";
  private text = "";
  private open: OpenItem | null = null;
  private ended = false;

  constructor(
    private readonly writer: EventWriter,
    private readonly names: ToolNames,
    id: string,
    taken: ReadonlySet<string>,
  ) {
    this.upstreamId = id;
    // An id answers for one call, also where an upstream gives the same to all of them, or none.
    this.callId = id !== "" && !taken.has(id) ? id : `call_${randomBase62(24)}`;
  }

  get begun(): boolean {
    return this.open !== null;
  }

  addName(name: string): void {
    if (!this.begun) this.name += name;
  }

  /** Whether its item can begin. */
  get named(): boolean {
    return this.name !== "";
  }

  /** Whether it is over, as far as one can tell: its arguments are whole. */
  get whole(): boolean {
    if (this.ended) return true;
    try {
      JSON.parse(this.text);
      return true;
    } catch {
      return false;
    }
  }

  begin(output: Json[]): void {
    const tool = this.names.find(this.name);
    const item = beginCall(tool, this.callId);
    this.open = beginItem(this.writer, output.length, item);
    output.push(item);
    if (this.text !== "" && tool.kind === "function") this.writeArguments(this.text);
  }

  addArguments(text: string): void {
    if (text === "" || this.ended) return;
    this.text += text;
    if (this.open && this.open.item.type === "function_call") this.writeArguments(text);
  }

  end(status: ItemStatus): void {
    const { open } = this;
    if (!open || this.ended) return;
    this.ended = true;
    if (open.item.type === "tool_search_call") {
      open.item.arguments = objectFrom(this.text);
    } else if (open.item.type === "custom_tool_call") {
      const input = inputFromArguments(this.text);
      if (input !== "") {
        this.writer.write("response.custom_tool_call_input.delta", { ...placeOf(open), delta: input });
      }
      open.item.input = input;
    } else if (this.text.trim() === "" && status === "completed") {
      // A function without parameters; clients parse what they get.
      this.writeArguments("{}");
      open.item.arguments = "{}";
    }
    endItem(this.writer, open, status);
  }

  private writeArguments(delta: string): void {
    if (!this.open) return;
    this.writer.write("response.function_call_arguments.delta", { ...placeOf(this.open), delta });
    grow(this.open.item, "arguments", delta);
  }
}

/** The item of a call as it begins. */
function beginCall({ kind, name, namespace }: NamedTool, callId: string): Json {
  const call = { status: "in_progress", call_id: callId };
  if (kind === "tool_search") {
    const id = `tsc_${randomBase62(32)}`;
    return { id, type: "tool_search_call", ...call, execution: "client", arguments: {} };
  }
  const named = { ...call, name, ...(namespace !== null ? { namespace } : {}) };
  return kind === "custom"
    ? { id: `ctc_${randomBase62(32)}`, type: "custom_tool_call", ...named, input: "" }
    : { id: `fc_${randomBase62(32)}`, type: "function_call", ...named, arguments: "" };
}

function objectFrom(text: string): Json {
  try {
    const read: unknown = JSON.parse(text);
    return isObject(read) ? read : {};
  } catch {
    return {};
  }
}
