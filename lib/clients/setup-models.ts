import type { SetupModel } from "@/lib/clients/types";
import { usdPerMillion } from "@/lib/money";

/** What the catalogue of models knows of one; prices in pico-USD per token. */
export interface PricedModel extends Omit<SetupModel, "inputUsdPerMillion" | "outputUsdPerMillion"> {
  inputPico: bigint;
  outputPico: bigint;
}

/** Catalogue models as the templates take them, and which is the cheapest, for titles and side tasks. */
export function setupModels(models: readonly PricedModel[]): { models: SetupModel[]; smallModelId: string } {
  const cost = ({ inputPico, outputPico }: PricedModel) => inputPico + outputPico;
  const cheapest = models.reduce<PricedModel | undefined>(
    (best, model) => (best && cost(best) <= cost(model) ? best : model),
    undefined,
  );
  return {
    models: models.map(
      ({
        id,
        displayName,
        contextTokens,
        maxOutputTokens,
        vision,
        tools,
        reasoning,
        inputPico,
        outputPico,
      }) => ({
        id,
        displayName,
        contextTokens,
        maxOutputTokens,
        vision,
        tools,
        reasoning,
        inputUsdPerMillion: usdPerMillion(inputPico),
        outputUsdPerMillion: usdPerMillion(outputPico),
      }),
    ),
    smallModelId: cheapest?.id ?? "",
  };
}
