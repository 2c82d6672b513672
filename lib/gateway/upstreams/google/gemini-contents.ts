import type { Json } from "@/lib/gateway/dialects/api-request";
import { isObject } from "@/lib/gateway/dialects/read-fields";
import { invalidRequest } from "@/lib/gateway/gateway-error";
import { isImage, toMediaPart } from "./gemini-media";
import type { GeminiModel } from "./gemini-model";
import { readSignatures, signCalls } from "./gemini-signatures";

type Kind = "user" | "model" | "results";

/**
 * `contents` and `systemInstruction` from the messages of a chat completion. System and developer messages at the
 * beginning become the instruction; later ones stay where they are, as the user's, so that what stands before them
 * is the same in every call and stays cached. Neighbours of one role become one content. Results of tools carry the
 * name of their call. Source: Gemini API reference, Content and Part.
 */
export function toGeminiContents(messages: unknown, model: GeminiModel): Json {
  const builder = new ContentsBuilder(model);
  for (const [at, message] of (Array.isArray(messages) ? (messages as unknown[]) : []).entries()) {
    if (isObject(message)) builder.message(message, `messages[${at}]`);
  }
  return builder.finish();
}

class ContentsBuilder {
  private readonly instruction: Json[] = [];
  private readonly contents: { kind: Kind; parts: Json[] }[] = [];
  /** Names of the calls by their ids. */
  private readonly names = new Map<string, string>();
  /** Images that tools returned; they follow all the results of a turn. */
  private pictures: Json[] = [];

  constructor(private readonly model: GeminiModel) {}

  message(message: Json, param: string): void {
    const { role } = message;
    if (role === "tool" || role === "function") {
      this.result(message, param);
      return;
    }
    this.flushPictures();
    if (role === "assistant") this.push("model", this.assistantParts(message, param));
    else if (role !== "system" && role !== "developer") this.push("user", this.parts(message.content, param));
    else if (this.contents.length === 0) this.instruction.push(...this.parts(message.content, param));
    else this.push("user", this.parts(message.content, param));
  }

  finish(): Json {
    this.flushPictures();
    const asUser = this.model.gemma || this.contents.length === 0;
    if (asUser && this.instruction.length > 0) {
      const first = this.contents[0];
      if (first?.kind === "user") first.parts.unshift(...this.instruction);
      else this.contents.unshift({ kind: "user", parts: this.instruction });
    }
    // A conversation begins with the user; of one whose beginning was cut off or is empty, nothing more is known.
    if (this.contents[0]?.kind !== "user") this.contents.unshift({ kind: "user", parts: [{ text: " " }] });
    const contents = this.contents.map(({ kind, parts }) => ({
      role: kind === "model" ? "model" : "user",
      parts,
    }));
    return asUser || this.instruction.length === 0
      ? { contents }
      : { contents, systemInstruction: { parts: this.instruction } };
  }

  private push(kind: Kind, parts: Json[]): void {
    if (parts.length === 0) return;
    const last = this.contents.at(-1);
    if (last?.kind === kind) last.parts.push(...parts);
    else this.contents.push({ kind, parts });
  }

  private flushPictures(): void {
    this.push("user", this.pictures);
    this.pictures = [];
  }

  private parts(content: unknown, param: string): Json[] {
    if (typeof content === "string") return content === "" ? [] : [{ text: content }];
    if (!Array.isArray(content)) return [];
    return (content as unknown[]).flatMap((part, at) => {
      const text = textOf(part);
      if (text !== null) return text === "" ? [] : [{ text }];
      return isObject(part) ? [toMediaPart(part, `${param}.content[${at}]`, this.model)] : [];
    });
  }

  private assistantParts(message: Json, param: string): Json[] {
    const signatures = readSignatures(message.reasoning_details);
    const parts = this.parts(message.content, param);
    if (typeof message.refusal === "string" && parts.length === 0) parts.push({ text: message.refusal });
    for (const image of Array.isArray(message.images) ? (message.images as unknown[]) : []) {
      if (isImage(image)) parts.push(toMediaPart(image, `${param}.images`, this.model));
    }
    const last = parts.at(-1);
    if (last && signatures.ofText !== null) last.thoughtSignature = signatures.ofText;
    const calls = this.calls(message);
    parts.push(...signCalls(calls, signatures, this.model));
    return parts;
  }

  private calls(message: Json): { call: Json; part: Json }[] {
    const listed = Array.isArray(message.tool_calls) ? message.tool_calls.filter(isObject) : [];
    if (listed.length === 0 && isObject(message.function_call))
      listed.push({ function: message.function_call });
    return listed.flatMap((call) => {
      const called = isObject(call.function) ? call.function : isObject(call.custom) ? call.custom : null;
      if (typeof called?.name !== "string") return [];
      const id = typeof call.id === "string" && call.id !== "" ? call.id : null;
      if (id !== null) this.names.set(id, called.name);
      const functionCall = { ...(id === null ? {} : { id }), name: called.name, args: readArgs(called) };
      return [{ call, part: { functionCall } }];
    });
  }

  private result(message: Json, param: string): void {
    const id = typeof message.tool_call_id === "string" ? message.tool_call_id : null;
    const name = (id === null ? null : this.names.get(id)) ?? message.name;
    if (typeof name !== "string" || name === "") {
      throw invalidRequest(
        `${param}.tool_call_id names no tool call of an earlier message.`,
        `${param}.tool_call_id`,
      );
    }
    const content = typeof message.content === "string" ? [message.content] : message.content;
    const parts = Array.isArray(content) ? (content as unknown[]) : [];
    const texts = parts.map(
      (part) => textOf(part) ?? (isObject(part) && !isImage(part) ? JSON.stringify(part) : ""),
    );
    const images = parts.flatMap((part, at) =>
      isImage(part) ? [toMediaPart(part, `${param}.content[${at}]`, this.model)] : [],
    );
    const output = texts.filter((text) => text !== "").join("\n") || (images.length > 0 ? "(image)" : "");
    const functionResponse: Json = { ...(id === null ? {} : { id }), name, response: { output } };
    // From Gemini 3 on a result may hold images itself.
    if (images.length > 0 && this.model.generation >= 3) functionResponse.parts = images;
    else this.pictures.push(...images);
    this.push("results", [{ functionResponse }]);
  }
}

function textOf(part: unknown): string | null {
  if (typeof part === "string") return part;
  if (!isObject(part)) return null;
  const text = part.type === "refusal" ? part.refusal : part.text;
  return typeof text === "string" ? text : null;
}

/** Gemini wants an object; what is none (a custom tool's input, broken JSON) becomes the only field of one. */
function readArgs(called: Json): Json {
  const given = called.arguments ?? called.input;
  if (isObject(given)) return given;
  if (typeof given !== "string" || given.trim() === "") return {};
  try {
    const args: unknown = JSON.parse(given);
    if (isObject(args)) return args;
  } catch {
    // It is passed on as it is, below.
  }
  return { input: given };
}
