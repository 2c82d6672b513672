import { aiSdk } from "@/lib/clients/ai-sdk";
import { aider } from "@/lib/clients/aider";
import { anthropicSdk } from "@/lib/clients/anthropic-sdk";
import { anythingllm } from "@/lib/clients/anythingllm";
import { chatbox } from "@/lib/clients/chatbox";
import { cherryStudio } from "@/lib/clients/cherry-studio";
import { claudeCode } from "@/lib/clients/claude-code";
import { cline } from "@/lib/clients/cline";
import { codexCli } from "@/lib/clients/codex-cli";
import { continueDev } from "@/lib/clients/continue";
import { curl } from "@/lib/clients/curl";
import { cursor } from "@/lib/clients/cursor";
import { dify } from "@/lib/clients/dify";
import { jan } from "@/lib/clients/jan";
import { kiloCode } from "@/lib/clients/kilo-code";
import { langchain } from "@/lib/clients/langchain";
import { librechat } from "@/lib/clients/librechat";
import { lobechat } from "@/lib/clients/lobechat";
import { n8n } from "@/lib/clients/n8n";
import { nextchat } from "@/lib/clients/nextchat";
import { openWebui } from "@/lib/clients/open-webui";
import { openaiSdk } from "@/lib/clients/openai-sdk";
import { openCode } from "@/lib/clients/opencode";
import { qwenCode } from "@/lib/clients/qwen-code";
import { rooCode } from "@/lib/clients/roo-code";
import { rumus } from "@/lib/clients/rumus";
import type { ClientEntry } from "@/lib/clients/types";
import { zed } from "@/lib/clients/zed";

/** Every client that can be set up, in the order in which they are shown. A later one joins with one line here. */
export const CLIENTS: readonly ClientEntry[] = [
  lobechat,
  openWebui,
  nextchat,
  anythingllm,
  librechat,
  cherryStudio,
  chatbox,
  jan,
  cursor,
  cline,
  continueDev,
  codexCli,
  claudeCode,
  rooCode,
  kiloCode,
  openCode,
  zed,
  aider,
  qwenCode,
  n8n,
  dify,
  openaiSdk,
  anthropicSdk,
  aiSdk,
  langchain,
  rumus,
  curl,
];

/** The client of a slug, or undefined. */
export function findClient(slug: string): ClientEntry | undefined {
  return CLIENTS.find((client) => client.slug === slug);
}
