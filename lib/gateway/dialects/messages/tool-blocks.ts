import type { Json } from "@/lib/gateway/dialects/api-request";
import { isObject } from "@/lib/gateway/dialects/read-fields";
import { randomBase62 } from "@/lib/ids";
import type { Block, BlockQueue } from "./block-queue";

interface ToolCall extends Block {
  id: string;
  name: string;
  json: string;
}

/** The tool calls of a stream of chunks, put together from their pieces and told as blocks. */
export class ToolBlocks {
  /** By their index in the chunks; those that servers number alike are told apart by their ids. */
  private readonly calls = new Map<number, ToolCall>();
  private count = 0;

  /** `beforeNew` is told of every call that begins: its id, and what hangs on it. */
  constructor(
    private readonly queue: BlockQueue,
    private readonly beforeNew: (id: string, extra: Json | null) => void,
  ) {}

  get any(): boolean {
    return this.count > 0;
  }

  /** One entry of `delta.tool_calls`, or a `function_call`. */
  piece(piece: Json): void {
    const called = isObject(piece.function) ? piece.function : {};
    const at = typeof piece.index === "number" ? piece.index : Math.max(0, this.calls.size - 1);
    const id = typeof piece.id === "string" ? piece.id : "";
    const name = typeof called.name === "string" ? called.name : "";
    let call = this.calls.get(at);
    if (!call || isAnother(call, piece, id, name)) call = this.begin(at, id, piece);
    if (call.name === "" && name !== "") {
      call.name = name;
      call.shown = { type: "tool_use", id: call.id, name, input: {} };
    }
    const json = isObject(called.arguments) ? JSON.stringify(called.arguments) : called.arguments;
    if (typeof json === "string" && json !== "") {
      call.json += json;
      call.waiting.push({ type: "input_json_delta", partial_json: json });
    }
    this.queue.advance();
  }

  private begin(at: number, id: string, piece: Json): ToolCall {
    const call: ToolCall = {
      id: id || `toolu_${randomBase62(24)}`,
      name: "",
      json: "",
      shown: null,
      waiting: [],
      ended: () => isWhole(call.json),
      ending: () => (call.json === "" ? [{ type: "input_json_delta", partial_json: "{}" }] : []),
    };
    this.beforeNew(call.id, isObject(piece.extra_content) ? piece.extra_content : null);
    this.calls.set(at, call);
    this.count++;
    this.queue.add(call);
    return call;
  }
}

/** Whether a piece with a name begins a new call, although its index says nothing of the kind. */
function isAnother(call: ToolCall, piece: Json, id: string, name: string): boolean {
  if (name === "" || call.name === "") return false;
  if (id !== "") return id !== call.id;
  return piece.index === undefined && isWhole(call.json);
}

/** Whether arguments are complete. */
function isWhole(json: string): boolean {
  if (!json.trimEnd().endsWith("}")) return false;
  try {
    JSON.parse(json);
    return true;
  } catch {
    return false;
  }
}
