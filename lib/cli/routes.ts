import type { Command } from "commander";
import { z } from "zod";
import { addRoute } from "@/lib/catalog/add-route";
import { listRoutes } from "@/lib/catalog/list-routes";
import { removeRoute } from "@/lib/catalog/remove-route";
import { updateRoute } from "@/lib/catalog/update-route";
import { addVerb, type Shell } from "@/lib/cli/add-verb";
import { cliContext } from "@/lib/cli/context";
import { printTable } from "@/lib/cli/print-table";
import { ON_OFF, ROUTE_FIELDS, ROUTE_FLAGS } from "@/lib/cli/route-flags";
import { text } from "@/lib/cli/text";
import { usdPerMillion } from "@/lib/money";

/** `routes add`, `routes update`, `routes list`, `routes remove`: the ways to serve a model. */
export function registerRoutes(program: Command, shell: Shell): void {
  const routes = program.command("routes").description(text("nouns.routes"));
  addVerb(routes, shell, {
    name: "add",
    about: "verbs.routesAdd",
    flags: [
      { flag: "--model <id>", about: "flags.routeModel", required: true },
      { flag: "--connection <name>", about: "flags.connection", required: true },
      { flag: "--upstream-id <id>", about: "flags.upstreamId", required: true },
      ...ROUTE_FLAGS,
    ],
    schema: z.object({ model: z.string(), connection: z.string(), upstreamId: z.string(), ...ROUTE_FIELDS }),
    run: async (wanted) => {
      const { id } = await addRoute(cliContext(), wanted);
      const { model, connection } = wanted;
      return { text: text("answers.routeAdded", { model, connection, id }), json: { id, model, connection } };
    },
  });

  addVerb(routes, shell, {
    name: "update",
    about: "verbs.routesUpdate",
    flags: [
      { flag: "--id <id>", about: "flags.routeId", required: true },
      ...ROUTE_FLAGS,
      { flag: "--enable", about: "flags.enable" },
      { flag: "--disable", about: "flags.disable" },
    ],
    schema: z.object({ id: z.string(), ...ROUTE_FIELDS, ...ON_OFF }),
    run: async ({ enable, disable, ...wanted }) => {
      const { modelId } = await updateRoute(cliContext(), { ...wanted, enabled: disable ? false : enable });
      const { id } = wanted;
      return { text: text("answers.updated", { id }), json: { id, model: modelId } };
    },
  });

  addVerb(routes, shell, {
    name: "list",
    about: "verbs.routesList",
    flags: [],
    schema: z.object({}),
    run: async () => {
      const all = await listRoutes(cliContext());
      const columns = [
        { head: text("columns.model") },
        { head: text("columns.connection") },
        { head: text("columns.upstreamId") },
        { head: text("columns.priority"), right: true },
        { head: text("columns.weight"), right: true },
        { head: text("columns.inputCost"), right: true },
        { head: text("columns.outputCost"), right: true },
        { head: text("columns.enabled") },
        { head: text("columns.id") },
      ];
      const rows = all.map((route) => [
        route.modelId,
        route.connection,
        route.upstreamId,
        String(route.priority),
        String(route.weight),
        usdPerMillion(route.inputCostPico),
        usdPerMillion(route.outputCostPico),
        text(route.enabled ? "columns.yes" : "columns.no"),
        route.id,
      ]);
      return {
        text: rows.length > 0 ? printTable(columns, rows) : text("answers.noModels"),
        json: all.map(({ inputCostPico, outputCostPico, ...route }) => ({
          ...route,
          inputCostUsdPerMillion: usdPerMillion(inputCostPico),
          outputCostUsdPerMillion: usdPerMillion(outputCostPico),
        })),
      };
    },
  });

  addVerb(routes, shell, {
    name: "remove",
    about: "verbs.routesRemove",
    flags: [{ flag: "--id <id>", about: "flags.routeId", required: true }],
    schema: z.object({ id: z.string() }),
    run: async ({ id }) => {
      const { modelId } = await removeRoute(cliContext(), { id });
      return { text: text("answers.routeRemoved", { id, model: modelId }), json: { id, model: modelId } };
    },
  });
}
