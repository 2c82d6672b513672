import type { Command } from "commander";
import { createTranslator } from "next-intl";
import { z } from "zod";
import { chatModels } from "@/lib/catalog/chat-models";
import { listPublicModels } from "@/lib/catalog/list-public-models";
import { addVerb, type Shell } from "@/lib/cli/add-verb";
import { cliContext } from "@/lib/cli/context";
import { printable } from "@/lib/cli/print-table";
import { readValue } from "@/lib/cli/read-value";
import { checkLive } from "@/lib/doctor/check-live";
import { faultWords } from "@/lib/doctor/fault-words";
import { judgeConfig } from "@/lib/doctor/judge-config";
import { keyShape } from "@/lib/doctor/key-shape";
import { LIVE_STEPS, type LiveResult } from "@/lib/doctor/live-steps";
import { readValues } from "@/lib/doctor/read-values";
import type { Fault } from "@/lib/doctor/types";
import { env } from "@/lib/env";
import { loadMessages } from "@/lib/messages/load";

const words = createTranslator({ locale: "en", messages: loadMessages(), namespace: "doctor" });

/** `doctor`: judges an address, a key and a model, then tries them on this installation's API. Ends with 1 on a fault. */
export function registerDoctor(program: Command, shell: Shell): void {
  addVerb(program, shell, {
    name: "doctor",
    about: "verbs.doctor",
    flags: [
      { flag: "--url <address>", about: "flags.doctorUrl", required: true },
      { flag: "--key <key>", about: "flags.doctorKey", required: true },
      { flag: "--model <id>", about: "flags.doctorModel" },
      { flag: "--client <slug>", about: "flags.doctorClient" },
    ],
    schema: z.object({
      url: z.string(),
      key: z.string(),
      model: z.string().optional(),
      client: z.string().optional(),
    }),
    run: async ({ url, key: given, model, client }, io) => {
      const key = await readValue(given, io);
      const models = chatModels(await listPublicModels()).map(({ id }) => id);
      const { publicApiUrl, publicUrl } = env();
      const world = { apiRoot: publicApiUrl, siteOrigin: publicUrl, modelIds: models };
      const faults = judgeConfig(readValues({ url, key, model }), world, client ?? null);
      const usable = keyShape(key.trim()).kind === "ours";
      const live = usable ? await checkAll(key.trim(), model ?? "") : [];
      const failed = faults.some(({ level }) => level === "fault") || live.some(({ ok }) => !ok);
      const lines = [
        ...faults.map(faultLine),
        ...(usable ? [words("cli.checked", { url: `${publicApiUrl}/v1` }), ...live.map(liveLine)] : []),
        words(failed ? "cli.faulty" : "cli.well"),
      ];
      return {
        text: lines.join("\n"),
        json: { ok: !failed, faults: faults.map(({ edits: _, ...fault }) => fault), live },
        exitCode: failed ? 1 : 0,
      };
    },
  });
}

/** One after the other; after the first that fails the others would fail alike. */
async function checkAll(key: string, wanted: string): Promise<LiveResult[]> {
  const results: LiveResult[] = [];
  let model = wanted;
  for (const step of LIVE_STEPS) {
    const result = await checkLive(cliContext(), { step, key, model });
    results.push(result);
    model ||= result.modelIds[0] ?? "";
    if (!result.ok) break;
  }
  return results;
}

function faultLine(fault: Fault): string {
  const values = faultWords(fault);
  const title = words(`faults.${fault.cause}.title`, values);
  const sentence = words(`faults.${fault.cause}.text`, values);
  const where = fault.where ? `${fault.where}: ` : "";
  const fixed = fault.fixed ? ` ${words("cli.fixed", { fixed: fault.fixed })}` : "";
  return printable(`${fault.level === "fault" ? "x" : "i"} ${where}${title}. ${sentence}${fixed}`);
}

function liveLine(result: LiveResult): string {
  const values = { ...result.values, url: env().publicApiUrl };
  const title = words(`live.${result.cause}.title`, values);
  const rest = result.ok ? "" : `. ${words(`live.${result.cause}.text`, values)}`;
  return printable(`${result.ok ? "+" : "x"} ${words(`steps.${result.step}`)}: ${title}${rest}`);
}
