import type { SetupModel } from "@/lib/clients/types";

/**
 * LobeChat's OPENAI_MODEL_LIST: hide all built-ins, then one `+id=Name<context:abilities>` a model.
 * Syntax: lobe-chat `src/utils/server/parseModels.ts`.
 */
export function lobeModelList(models: readonly SetupModel[]): string {
  const entries = models.map((model) => {
    const abilities = [
      String(model.contextTokens),
      ...(model.vision ? ["vision"] : []),
      ...(model.tools ? ["fc"] : []),
      ...(model.reasoning ? ["reasoning"] : []),
    ];
    return `+${model.id}=${listName(model)}<${abilities.join(":")}>`;
  });
  return ["-all", ...entries].join(",");
}

/**
 * NextChat's CUSTOM_MODELS. A bare id that another vendor's built-in list may hold gets `@OpenAI`, or NextChat
 * would send it to that vendor. Syntax: ChatGPT-Next-Web `app/utils/model.ts`.
 */
export function nextChatModelList(models: readonly SetupModel[]): string {
  return ["-all", ...models.map((model) => `+${nextChatId(model.id)}=${listName(model)}`)].join(",");
}

const OTHER_VENDORS = /^(claude|gemini|grok|deepseek|glm|qwen|moonshot|kimi|ernie|doubao|hunyuan|spark)/i;

/** A model's id as NextChat's lists name it. */
export function nextChatId(id: string): string {
  return OTHER_VENDORS.test(id) && !id.includes("/") && !id.includes("@") ? `${id}@OpenAI` : id;
}

/** A display name without what ends an entry of such a list, or a line of a .env file. */
function listName(model: SetupModel): string {
  const name = model.displayName
    .replaceAll("'", "’")
    .replace(/[,，=<>"`\\$#;]|->/g, " ")
    .replace(/ +/g, " ")
    .trim();
  return name || model.id;
}
