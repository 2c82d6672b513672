import type { SetupModel } from "@/lib/clients/types";
import { usdPerMillion } from "@/lib/money";

/** What the catalogue of models knows of one; prices in pico-USD per token. */
export interface PricedModel extends Omit<SetupModel, "inputUsdPerMillion" | "outputUsdPerMillion"> {
  price: { inputPico: bigint; outputPico: bigint };
}

/** Catalogue models as the templates take them, and which is the cheapest, for titles and side tasks. */
export function setupModels(models: readonly PricedModel[]): { models: SetupModel[]; smallModelId: string } {
  const cost = ({ price }: PricedModel) => price.inputPico + price.outputPico;
  const cheapest = models.reduce<PricedModel | undefined>(
    (best, model) => (best && cost(best) <= cost(model) ? best : model),
    undefined,
  );
  return {
    models: models.map(
      ({ id, displayName, contextTokens, maxOutputTokens, vision, tools, reasoning, price }) => ({
        id,
        displayName,
        contextTokens,
        maxOutputTokens,
        vision,
        tools,
        reasoning,
        inputUsdPerMillion: usdPerMillion(price.inputPico),
        outputUsdPerMillion: usdPerMillion(price.outputPico),
      }),
    ),
    smallModelId: cheapest?.id ?? "",
  };
}
