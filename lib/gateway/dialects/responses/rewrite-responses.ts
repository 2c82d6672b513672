import type { Json, RewriteTo } from "@/lib/gateway/dialects/api-request";
import { scanBody, spliceFields } from "@/lib/gateway/dialects/chat/scan-body";
import { itemTools, withoutHosted } from "./hosted-tools";
import { listRanges } from "./list-ranges";
import type { ResponsesFields } from "./parse-responses";
import { isSealed } from "./reasoning-seal";

/**
 * The body for an upstream that speaks the same dialect: the model's id there, nothing stored, the output cap where
 * it must change, no tools that the provider bills apart, no thoughts that it cannot read. Every other byte is the
 * caller's.
 */
export function rewriteResponses(fields: ResponsesFields, to: RewriteTo): Buffer {
  const { body, scan, bytes } = fields;
  const changes = new Map<string, string | null>();
  if (to.upstreamId !== fields.model) changes.set("model", JSON.stringify(to.upstreamId));
  // Stored is the default, in the operator's account, for every tenant of it.
  if (body.store !== false) changes.set("store", "false");
  if (to.capTokens !== null) changes.set("max_output_tokens", String(to.capTokens));
  if (Array.isArray(body.tools) && fields.tools.length !== body.tools.length) {
    changes.set("tools", JSON.stringify(fields.tools));
  }
  if (fields.toolChoice !== body.tool_choice) changes.set("tool_choice", JSON.stringify(fields.toolChoice));
  if (body.usage !== undefined) changes.set("usage", null);
  const input = editInput(fields);
  if (input !== null) changes.set("input", input);
  return changes.size === 0 ? bytes : spliceFields(bytes, scan, changes);
}

/** What becomes of one item: left out, or its tools replaced; undefined where it stays as it is. */
function editOf(item: Json): { drop: true } | { tools: unknown[] } | undefined {
  if (item.type === "reasoning") return isReadable(item) ? undefined : { drop: true };
  const tools = itemTools(item);
  const own = tools && withoutHosted(tools);
  return own ? { tools: own } : undefined;
}

/**
 * Whether the provider can make use of a reasoning item: one that it did not store needs its content, and what this
 * gateway sealed is for other providers.
 */
function isReadable(item: Json): boolean {
  const { encrypted_content: encrypted, content } = item;
  if (typeof encrypted === "string" && encrypted !== "") return !isSealed(encrypted);
  return Array.isArray(content) && content.length > 0;
}

/** The JSON text of `input` with some items changed; null where none is. */
function editInput({ body, bytes, scan, items }: ResponsesFields): string | null {
  const field = scan.fields.get("input");
  if (!field || !Array.isArray(body.input)) return null;
  const edits = items.map(editOf);
  if (edits.every((edit) => edit === undefined)) return null;
  const list = bytes.subarray(field.start, field.end);
  const kept: string[] = [];
  for (const [i, { start, end }] of listRanges(list).entries()) {
    const edit = edits[i];
    const item = list.subarray(start, end);
    if (edit && "drop" in edit) continue;
    const left = edit
      ? spliceFields(item, scanBody(item), new Map([["tools", JSON.stringify(edit.tools)]]))
      : item;
    kept.push(left.toString("utf8"));
  }
  return `[${kept.join(",")}]`;
}
