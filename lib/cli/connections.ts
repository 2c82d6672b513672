import type { Command } from "commander";
import { z } from "zod";
import { addConnection } from "@/lib/catalog/add-connection";
import { CONNECTION_KINDS } from "@/lib/catalog/connection-input";
import { DIALECTS } from "@/lib/catalog/dialects";
import { listConnections } from "@/lib/catalog/list-connections";
import type { ConnectionTest } from "@/lib/catalog/test-connection";
import { updateConnection } from "@/lib/catalog/update-connection";
import { type Answer, addVerb, type Flag, type Shell } from "@/lib/cli/add-verb";
import { cliContext } from "@/lib/cli/context";
import { printTable } from "@/lib/cli/print-table";
import { readValue } from "@/lib/cli/read-value";
import { ON_OFF, wholeNumber } from "@/lib/cli/route-flags";
import { text } from "@/lib/cli/text";

/** What both `add` and `update` take. */
const SETTING_FLAGS: readonly Flag[] = [
  { flag: "--key <key>", about: "flags.upstreamKey" },
  { flag: "--header <header>", about: "flags.header", many: true },
  { flag: "--api-version <version>", about: "flags.apiVersion" },
  { flag: "--dialects <dialects>", about: "flags.dialects" },
  { flag: "--first-byte-timeout-ms <ms>", about: "flags.firstByteTimeout" },
  { flag: "--plain-timeout-ms <ms>", about: "flags.plainTimeout" },
  { flag: "--idle-timeout-ms <ms>", about: "flags.idleTimeout" },
  { flag: "--private-network", about: "flags.privateNetwork" },
];

const SETTINGS = {
  key: z.string().optional(),
  header: z.array(z.string()).optional(),
  apiVersion: z.string().optional(),
  dialects: z
    .string()
    .transform((list) => list.split(",").map((dialect) => dialect.trim()))
    .pipe(z.array(z.enum(DIALECTS)))
    .optional(),
  firstByteTimeoutMs: wholeNumber.optional(),
  plainTimeoutMs: wholeNumber.optional(),
  idleTimeoutMs: wholeNumber.optional(),
  privateNetwork: z.boolean().optional(),
};

/** `connections add`, `connections update`, `connections list`, `connections test`. */
export function registerConnections(program: Command, shell: Shell): void {
  const connections = program.command("connections").description(text("nouns.connections"));
  addVerb(connections, shell, {
    name: "add",
    about: "verbs.connectionsAdd",
    flags: [
      { flag: "--name <name>", about: "flags.connectionName", required: true },
      { flag: "--kind <kind>", about: "flags.kind", required: true },
      { flag: "--url <url>", about: "flags.url", required: true },
      ...SETTING_FLAGS,
    ],
    schema: z.object({
      name: z.string(),
      kind: z.enum(CONNECTION_KINDS),
      url: z.string(),
      ...SETTINGS,
    }),
    run: async ({ key, header, privateNetwork, ...wanted }, io) => {
      const { id, name, baseUrl } = await addConnection(cliContext(), {
        ...wanted,
        key: key === undefined ? undefined : await readValue(key, io),
        headers: header,
        allowPrivate: privateNetwork,
      });
      return { text: text("answers.connectionAdded", { name }), json: { id, name, url: baseUrl } };
    },
  });

  addVerb(connections, shell, {
    name: "update",
    about: "verbs.connectionsUpdate",
    flags: [
      { flag: "--name <name>", about: "flags.testName", required: true },
      { flag: "--url <url>", about: "flags.url" },
      ...SETTING_FLAGS,
      { flag: "--no-private-network", about: "flags.noPrivateNetwork" },
      { flag: "--enable", about: "flags.enable" },
      { flag: "--disable", about: "flags.disable" },
    ],
    schema: z.object({ name: z.string(), url: z.string().optional(), ...SETTINGS, ...ON_OFF }),
    run: async ({ key, header, privateNetwork, enable, disable, ...wanted }, io) => {
      const { baseUrl } = await updateConnection(cliContext(), {
        ...wanted,
        key: key === undefined ? undefined : await readValue(key, io),
        headers: header,
        allowPrivate: privateNetwork,
        enabled: disable ? false : enable,
      });
      const { name } = wanted;
      return { text: text("answers.updated", { id: name }), json: { name, url: baseUrl } };
    },
  });

  addVerb(connections, shell, {
    name: "list",
    about: "verbs.connectionsList",
    flags: [],
    schema: z.object({}),
    run: async () => {
      const all = await listConnections(cliContext());
      const yesNo = (value: boolean) => text(value ? "columns.yes" : "columns.no");
      const heads = ["name", "kind", "url", "dialects", "hasKey", "enabled", "models"] as const;
      const rows = all.map((one) => [
        one.name,
        one.kind,
        one.baseUrl,
        one.kind === "google" ? "gemini" : one.dialects.join(" "),
        yesNo(one.hasKey),
        yesNo(one.enabled),
        one.models.join(" ") || text("columns.none"),
      ]);
      return {
        text:
          rows.length > 0
            ? printTable(
                heads.map((head) => ({ head: text(`columns.${head}`) })),
                rows,
              )
            : text("answers.noConnections"),
        json: all.map(({ baseUrl, ...one }) => ({ ...one, url: baseUrl })),
      };
    },
  });

  addVerb(connections, shell, {
    name: "test",
    about: "verbs.connectionsTest",
    flags: [
      { flag: "--name <name>", about: "flags.testName", required: true },
      { flag: "--upstream-id <id>", about: "flags.testModel" },
    ],
    schema: z.object({ name: z.string(), upstreamId: z.string().optional() }),
    run: async (input) => {
      // Only here: it brings a tokenizer, which takes longer to load than any other verb to run.
      const { testConnection } = await import("@/lib/catalog/test-connection");
      return testAnswer(await testConnection(cliContext(), input));
    },
  });
}

function testAnswer(test: ConnectionTest): Answer {
  const columns = [
    { head: text("columns.step") },
    { head: text("columns.result") },
    { head: text("columns.took"), right: true },
    { head: text("columns.detail") },
  ];
  const rows = test.steps.map(({ step, outcome, durationMs, reason, alert, flag }) => [
    text(`steps.${step}`),
    text(`outcomes.${outcome}`),
    `${Math.round(durationMs)} ms`,
    [
      alert && text(`faults.${alert}`),
      reason,
      flag && outcome === "failed" ? text(`switchOff.${flag}`) : null,
    ]
      .filter(Boolean)
      .join("; "),
  ]);
  return {
    text: printTable(columns, rows),
    json: test,
    note: test.ok
      ? text("answers.passed", { name: test.name, model: test.upstreamId ?? "" })
      : text("answers.notPassed", { name: test.name }),
    exitCode: test.ok ? 0 : 1,
  };
}
