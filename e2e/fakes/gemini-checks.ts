/** What the real API refuses with 400, as far as a gateway may get it wrong. Source: Gemini API reference (v1beta). */
const KNOWN: Record<string, readonly string[]> = {
  request: ["contents", "systemInstruction", "tools", "toolConfig", "generationConfig", "safetySettings"],
  generationConfig: [
    ..."stopSequences responseMimeType responseJsonSchema responseModalities candidateCount".split(" "),
    ..."maxOutputTokens temperature topP topK seed presencePenalty frequencyPenalty responseLogprobs".split(
      " ",
    ),
    ..."logprobs thinkingConfig mediaResolution".split(" "),
  ],
  content: ["role", "parts"],
  part: "text thought thoughtSignature inlineData fileData functionCall functionResponse".split(" "),
  functionCall: ["id", "name", "args"],
  functionResponse: ["id", "name", "response", "parts"],
  declaration: ["name", "description", "parametersJsonSchema"],
};

export interface GeminiPart {
  text?: string;
  thoughtSignature?: string;
  inlineData?: { mimeType: string; data: string };
  fileData?: { mimeType: string; fileUri: string };
  functionCall?: { id?: string; name: string; args: object };
  functionResponse?: { id?: string; name: string; response: { output: string }; parts?: GeminiPart[] };
}

export interface GeminiBody {
  contents: { role: string; parts: GeminiPart[] }[];
  systemInstruction?: { parts: GeminiPart[] };
  tools?: { functionDeclarations: { name: string; parametersJsonSchema?: object }[] }[];
  toolConfig?: { functionCallingConfig: { mode: string; allowedFunctionNames?: string[] } };
  generationConfig?: Record<string, unknown> & {
    thinkingConfig?: { includeThoughts?: boolean };
    maxOutputTokens?: number;
  };
}

/** Why the API would refuse a body; null where it would not. */
export function whyRefused(body: GeminiBody, model: string): string | null {
  const unknown = unknownField(body);
  if (unknown) return `Invalid JSON payload received. Unknown name ${unknown}: Cannot find field.`;
  if (!Array.isArray(body.contents) || body.contents.length === 0) return "contents is not specified";
  if (body.contents[0]?.role !== "user") return "Please ensure that the first content is the user's.";
  for (const [at, { role, parts }] of body.contents.entries()) {
    if (role !== "user" && role !== "model") return "Please use a valid role: user, model.";
    if (parts.length === 0) return "contents.parts must not be empty.";
    if (parts.some((part) => part.text === "" && !part.thoughtSignature))
      return "a part must have one data field";
    const calls = parts.filter((part) => part.functionCall);
    if (calls.length === 0) continue;
    const results = body.contents[at + 1]?.parts.filter((part) => part.functionResponse) ?? [];
    if (results.length !== calls.length) {
      return "Please ensure that the number of function response parts is equal to the number of function call parts.";
    }
    if (model.startsWith("gemini-3") && !calls[0]?.thoughtSignature) {
      return "Function call is missing a thought_signature in functionCall parts.";
    }
  }
  return null;
}

function unknownField(body: GeminiBody): string | null {
  const parts = [...body.contents, ...(body.systemInstruction ? [body.systemInstruction] : [])].flatMap(
    (content) => content.parts,
  );
  const looked: [string, object | undefined][] = [
    ["request", body],
    ["generationConfig", body.generationConfig],
    ...body.contents.map((content): [string, object] => ["content", content]),
    ...parts.map((part): [string, object] => ["part", part]),
    ...parts.map((part): [string, object | undefined] => ["functionCall", part.functionCall]),
    ...parts.map((part): [string, object | undefined] => ["functionResponse", part.functionResponse]),
    ...(body.tools ?? [])
      .flatMap((tool) => tool.functionDeclarations)
      .map((declared): [string, object] => ["declaration", declared]),
  ];
  for (const [kind, object] of looked) {
    const wrong = Object.keys(object ?? {}).find((key) => !KNOWN[kind]?.includes(key));
    if (wrong) return `"${wrong}" at '${kind}'`;
  }
  return null;
}
