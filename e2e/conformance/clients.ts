/** A released client, unmodified, driven without a screen. */
export interface CliClient {
  slug: string;
  name: string;
  /** Exact, so that a table says what was run. */
  package: string;
  version: string;
  /** The tab of Setup whose block is saved, and where under the home folder. */
  blocks: { tab: string; save?: string; exports?: boolean; runFirstLine?: boolean }[];
  /** More of what a headless run needs; nothing of it concerns the gateway. */
  env: Record<string, string>;
  /** The command line; `model` where the block does not set it. */
  command(prompt: string, model: string): string[];
}

const QUIET = { CI: "1", NO_COLOR: "1", DO_NOT_TRACK: "1" };

export const CLI_CLIENTS: readonly CliClient[] = [
  {
    slug: "codex-cli",
    name: "Codex CLI",
    package: "@openai/codex",
    version: "0.169.0",
    blocks: [
      { tab: "config", save: ".codex/config.toml" },
      { tab: "terminal", exports: true },
    ],
    env: QUIET,
    command: (prompt) => [
      "codex",
      "exec",
      "--skip-git-repo-check",
      "--sandbox",
      "danger-full-access",
      prompt,
    ],
  },
  {
    slug: "claude-code",
    name: "Claude Code",
    package: "@anthropic-ai/claude-code",
    version: "2.1.329",
    blocks: [{ tab: "settings", save: ".claude/settings.json" }],
    env: { ...QUIET, CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: "1" },
    command: (prompt) => ["claude", "-p", prompt, "--allowedTools", "Write,Bash"],
  },
  {
    slug: "continue",
    name: "Continue CLI",
    package: "@continuedev/cli",
    version: "1.5.47",
    blocks: [{ tab: "config", save: ".continue/config.yaml" }],
    env: QUIET,
    command: (prompt) => ["cn", "-p", prompt, "--auto"],
  },
  {
    slug: "cline",
    name: "Cline CLI",
    package: "cline",
    version: "3.0.65",
    blocks: [{ tab: "cli", runFirstLine: true }],
    env: QUIET,
    command: (prompt, model) => [
      "cline",
      "-P",
      "openai-compatible",
      "-m",
      model,
      "--json",
      "-t",
      "60",
      prompt,
    ],
  },
  {
    slug: "opencode",
    name: "opencode",
    package: "opencode-ai",
    version: "1.18.33",
    blocks: [
      { tab: "v1", save: ".config/opencode/opencode.json" },
      { tab: "terminal", exports: true },
    ],
    env: { ...QUIET, OPENCODE_DISABLE_MODELS_FETCH: "1" },
    command: (prompt) => ["opencode", "run", prompt],
  },
  {
    slug: "qwen-code",
    name: "Qwen Code",
    package: "@qwen-code/qwen-code",
    version: "0.24.4",
    blocks: [{ tab: "env", save: ".qwen/.env" }],
    env: QUIET,
    command: (prompt) => ["qwen", "-y", "-p", prompt],
  },
];
