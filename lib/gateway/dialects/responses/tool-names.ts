import { createHash } from "node:crypto";

/** A tool as the Responses API knows it. */
export interface NamedTool {
  name: string;
  namespace: string | null;
  /** A search for deferred tools, which the client runs, is a kind of its own. */
  kind: "function" | "custom" | "tool_search";
}

/** The longest name of a function that every chat API takes. */
const MAX_NAME_CHARS = 64;

/**
 * The names under which tools go to a chat completion, where all are plain functions in one space, and the way back.
 * A tool of a namespace is called `namespace__name` there.
 */
export class ToolNames {
  private readonly byChatName = new Map<string, NamedTool>();
  private readonly chatNames = new Map<string, string>();

  add(tool: NamedTool): string {
    const key = keyOf(tool.namespace, tool.name);
    const known = this.chatNames.get(key);
    if (known !== undefined) return known;
    const wanted = flatName(tool.namespace, tool.name);
    let name = wanted;
    for (let nth = 2; this.byChatName.has(name); nth++) {
      name = `${wanted.slice(0, MAX_NAME_CHARS - 4)}_${nth}`;
    }
    this.byChatName.set(name, tool);
    this.chatNames.set(key, name);
    return name;
  }

  has(namespace: string | null, name: string): boolean {
    return this.chatNames.has(keyOf(namespace, name));
  }

  /** The chat name of a tool that may not be offered any more. */
  chatName(namespace: string | null, name: string): string {
    return this.chatNames.get(keyOf(namespace, name)) ?? flatName(namespace, name);
  }

  /** The tool that a model called. It may have left the namespace away, or made a name up. */
  find(chatName: string): NamedTool {
    const exact = this.byChatName.get(chatName);
    if (exact) return exact;
    const named = [...this.byChatName.values()].filter((tool) => tool.name === chatName);
    return named.length === 1 && named[0] ? named[0] : { name: chatName, namespace: null, kind: "function" };
  }
}

function keyOf(namespace: string | null, name: string): string {
  return JSON.stringify([namespace ?? "", name]);
}

function flatName(namespace: string | null, name: string): string {
  if (namespace === null) return name;
  const whole = `${namespace}${namespace.endsWith("__") ? "" : "__"}${name}`;
  const flat = whole.replace(/[^a-zA-Z0-9_-]/g, "_");
  if (flat.length <= MAX_NAME_CHARS) return flat;
  const hash = createHash("sha256").update(whole).digest("hex").slice(0, 8);
  return `${flat.slice(0, MAX_NAME_CHARS - 9)}_${hash}`;
}
