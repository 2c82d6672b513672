import type { ModelFacts } from "@/lib/catalog/types";
import type { Json } from "@/lib/gateway/dialects/api-request";

/** Codex has no prompt of its own for a model that a catalogue names: this one stands in its place. */
const INSTRUCTIONS = `You are a coding agent that works in the user's terminal, in the repository of the current directory. You and the user share one workspace.

Work on the task until it is done. Read the code that a change touches before you change it, and follow the conventions and the instructions (AGENTS.md) that you find there. Prefer \`rg\` to \`grep\` for searching. Make the smallest change that solves the problem at its root; leave unrelated code, and changes that others made, alone. Never commit, push, or run anything destructive unless the user asks for it.

Run commands through the tools that you are given, in parallel where they do not depend on one another. After a change, run the narrowest tests, type checks and linters that can show that it works, and say what you could not verify. If a command needs an approval that you do not have, say what you need and why.

While you work, say in a sentence what you are about to do before a group of tool calls. At the end, tell the user plainly and briefly what you changed, where (file paths in backticks), and what follows from it.`;

const EFFORTS = [
  { effort: "low", description: "Quick answers with little thought" },
  { effort: "medium", description: "Thought and speed in balance" },
  { effort: "high", description: "Long thought for hard problems" },
];

/**
 * A model as Codex CLI reads it from `model_catalog_url`, which it asks with `?client_version=`. Source: openai/codex,
 * codex-rs/protocol/src/openai_models.rs, `ModelInfo`; the fields that version 0.169 insists on, and a few that it uses.
 */
export function codexModel(model: ModelFacts, priority: number): Json {
  return {
    slug: model.id,
    display_name: model.displayName,
    description: model.description,
    ...(model.reasoning ? { default_reasoning_level: "medium" } : {}),
    supported_reasoning_levels: model.reasoning ? EFFORTS : [],
    shell_type: "unified_exec",
    visibility: model.tools ? "list" : "hide",
    supported_in_api: true,
    priority,
    base_instructions: INSTRUCTIONS,
    supports_reasoning_summaries: model.reasoning,
    support_verbosity: false,
    truncation_policy: { mode: "tokens", limit: 10_000 },
    supports_parallel_tool_calls: true,
    context_window: model.contextTokens,
    experimental_supported_tools: [],
    input_modalities: model.vision ? ["text", "image"] : ["text"],
  };
}
