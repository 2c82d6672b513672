import { anythingllm } from "@/lib/clients/anythingllm";
import { cline } from "@/lib/clients/cline";
import { continueDev } from "@/lib/clients/continue";
import { curl } from "@/lib/clients/curl";
import { cursor } from "@/lib/clients/cursor";
import { lobechat } from "@/lib/clients/lobechat";
import { nextchat } from "@/lib/clients/nextchat";
import { openWebui } from "@/lib/clients/open-webui";
import { rumus } from "@/lib/clients/rumus";
import type { ClientEntry } from "@/lib/clients/types";

/** Every client that can be set up, in the order in which they are shown. A later one joins with one line here. */
export const CLIENTS: readonly ClientEntry[] = [
  lobechat,
  openWebui,
  nextchat,
  anythingllm,
  cursor,
  cline,
  continueDev,
  rumus,
  curl,
];

/** The client of a slug, or undefined. */
export function findClient(slug: string): ClientEntry | undefined {
  return CLIENTS.find((client) => client.slug === slug);
}
