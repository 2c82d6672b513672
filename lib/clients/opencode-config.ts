import { answerTokens } from "@/lib/clients/answer-tokens";
import { jsonFile } from "@/lib/clients/formats/json";
import { KEY_VARIABLE, PROVIDER_ID, PROVIDER_NAME } from "@/lib/clients/provider-id";
import type { SetupFacts, SetupModel } from "@/lib/clients/types";

/** The configuration of opencode 1 (opencode-ai 1.18 as run), which Kilo's command line shares. */
export function openCodeConfig(facts: SetupFacts): string {
  return jsonFile({
    $schema: "https://opencode.ai/config.json",
    model: `${PROVIDER_ID}/${facts.model.id}`,
    small_model: `${PROVIDER_ID}/${facts.small.id}`,
    provider: {
      [PROVIDER_ID]: {
        npm: "@ai-sdk/openai-compatible",
        name: PROVIDER_NAME,
        options: { baseURL: facts.base, apiKey: `{env:${KEY_VARIABLE}}` },
        models: Object.fromEntries(facts.models.map((model) => [model.id, entry(model)])),
      },
    },
  });
}

function entry(model: SetupModel) {
  return {
    name: model.displayName,
    limit: { context: model.contextTokens, output: answerTokens(model) },
    attachment: model.vision,
    modalities: { input: model.vision ? ["text", "image"] : ["text"], output: ["text"] },
  };
}

/** The schema of opencode 2 (opencode.ai/v2/docs/providers), which version 1 refuses. */
export function openCode2Config(facts: SetupFacts): string {
  return jsonFile({
    $schema: "https://opencode.ai/config.json",
    model: `${PROVIDER_ID}/${facts.model.id}`,
    providers: {
      [PROVIDER_ID]: {
        name: PROVIDER_NAME,
        env: [KEY_VARIABLE],
        package: "@opencode/ai/providers/openai-compatible",
        settings: { baseURL: facts.base },
        models: Object.fromEntries(facts.models.map(({ id, displayName }) => [id, { name: displayName }])),
      },
    },
  });
}
