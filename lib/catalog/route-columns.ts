import type { z } from "zod";
import type { NewRoute } from "@/lib/catalog/model-input";

/** A route's columns from what the operator entered; costs in pico-USD per token, 0 where none is given. */
export function routeColumns(wanted: Omit<z.output<typeof NewRoute>, "model" | "connection">) {
  return {
    upstreamId: wanted.upstreamId,
    priority: wanted.priority,
    weight: wanted.weight,
    inputCostPico: wanted.inputCostUsdPerMillion ?? 0n,
    outputCostPico: wanted.outputCostUsdPerMillion ?? 0n,
  };
}
