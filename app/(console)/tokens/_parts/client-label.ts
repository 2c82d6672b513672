import { findClient } from "@/lib/clients/catalogue";

/** Programs that the usage rows know and the setup catalogue does not. */
const OTHERS: Record<string, string> = {
  "copilot-cli": "Copilot CLI",
  "gemini-cli": "Gemini CLI",
  browser: "a browser",
  go: "a Go program",
  litellm: "LiteLLM",
  node: "a Node program",
  python: "a Python program",
};

/** A calling program as people know it, from its slug in the usage rows. Null for one that did not say who it is. */
export function clientLabel(slug: string): string | null {
  if (slug === "other" || slug === "") return null;
  const known = findClient(slug)?.name ?? OTHERS[slug];
  return known ?? slug.split("-").map(capital).join(" ");
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
