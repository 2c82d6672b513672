import type { SetupFacts } from "@/lib/clients/types";

/**
 * Fills the tokens of a catalogue text: {root}, {base}, {docker-root}, {docker-base}, {host}, {model}, {model-name}.
 * A secret is never one of them.
 */
export function fillText(text: string, facts: SetupFacts): string {
  const values: Record<string, string> = {
    root: facts.root,
    base: facts.base,
    "docker-root": facts.dockerRoot,
    "docker-base": facts.dockerBase,
    host: new URL(facts.root).host,
    model: facts.model.id,
    "model-name": facts.model.displayName,
  };
  return text.replace(/\{([a-z-]+)\}/g, (whole, name: string) => values[name] ?? whole);
}
