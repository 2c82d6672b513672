import { findClient } from "@/lib/clients/catalogue";
import { fillText } from "@/lib/clients/fill-text";
import { KEY_PLACEHOLDER, prepareFacts } from "@/lib/clients/prepare-facts";
import type { ClientEntry, SetupFacts, SetupInput, SetupStep, SetupTab, TabKind } from "@/lib/clients/types";

interface BlockHead {
  slug: string;
  clientName: string;
  tabId: string;
  tabLabel: string;
  kind: TabKind;
  /** True while placeholders stand in it. */
  incomplete: boolean;
  notices: readonly string[];
}

/** What a tab shows: a block to paste, or the reason why none can work. */
export type SetupBlock = BlockHead &
  (
    | {
        status: "ready";
        fileName: string;
        text: string;
        steps: readonly SetupStep[] | null;
        note: string | null;
      }
    | { status: "blocked"; reason: string }
  );

/**
 * The very block that the setup page and `setup print` both show. `tab` is an id or a label; the first one if left
 * out. Throws RangeError on an unknown client or tab (its message names those that exist), TypeError on an address
 * that is not http(s).
 */
export function renderSetup(request: {
  slug: string;
  tab?: string | undefined;
  input: SetupInput;
}): SetupBlock {
  const client = findClient(request.slug);
  if (!client) throw new RangeError(`unknown client: ${request.slug}`);
  const tab = findTab(client, request.tab);
  const facts = prepareFacts(request.input);
  const head: BlockHead = {
    slug: client.slug,
    clientName: client.name,
    tabId: tab.id,
    tabLabel: tab.label,
    kind: tab.kind,
    incomplete: !facts.keyKnown || request.input.models.length === 0,
    notices: facts.notices,
  };
  if ((tab.origin ?? client.origin) === "hosted" && facts.reach !== "public") {
    return { ...head, status: "blocked", notices: [], reason: blockedReason(client, tab, facts) };
  }

  const steps = tab.kind === "ui-steps" ? tab.render(facts) : null;
  const text = tab.kind === "ui-steps" ? stepsText(steps ?? []) : tab.render(facts);
  // A block without the secret in it says nothing of the secret.
  const own = facts.notices.filter(
    (notice) => !notice.includes(KEY_PLACEHOLDER) || text.includes(KEY_PLACEHOLDER),
  );
  return {
    ...head,
    status: "ready",
    notices: [...own, ...addressNotices(tab, facts), ...companionNotices(client, tab)],
    fileName: tab.fileName,
    note: tab.note ? fillText(tab.note, facts) : null,
    text,
    steps,
  };
}

function companionNotices(client: ClientEntry, tab: SetupTab): string[] {
  const labels = client.tabs.filter(({ id }) => tab.needs?.includes(id)).map(({ label }) => `“${label}”`);
  return labels.length > 0
    ? [`This is one part of two. Do what stands under ${labels.join(" and ")} as well.`]
    : [];
}

function findTab(client: ClientEntry, wanted: string | undefined): SetupTab {
  if (!wanted) return client.tabs[0];
  const plain = (text: string) => text.toLowerCase().replace(/[^a-z0-9]/g, "");
  const found = client.tabs.find((tab) => tab.id === wanted || plain(tab.label) === plain(wanted));
  if (found) return found;
  throw new RangeError(
    `${client.name} has no tab ${wanted}; it has ${client.tabs.map(({ id }) => id).join(", ")}`,
  );
}

function blockedReason(client: ClientEntry, tab: SetupTab, facts: SetupFacts): string {
  const sender = client.origin === "hosted" ? client.name : `${client.name} on ${tab.label}`;
  const where =
    facts.reach === "loopback" ? "exists only on this machine" : "exists only inside your own network";
  return `${sender} sends your requests from servers on the internet, and ${facts.root} ${where}: they cannot reach it, so no settings would work. Put the API on a public HTTPS address and set PUBLIC_API_URL to it; then the settings appear here.`;
}

function addressNotices(tab: SetupTab, facts: SetupFacts): string[] {
  if (facts.reach !== "loopback" || tab.kind !== "compose") return [];
  return [
    "The API runs on this machine, so the container calls it as host.docker.internal. On Linux that reaches only an API that listens on all addresses; while it listens on loopback alone, give the service network_mode: host instead of ports and extra_hosts, and write localhost.",
  ];
}

function stepsText(steps: readonly SetupStep[]): string {
  const lines = steps.flatMap(({ text, fields = [] }, index) => [
    `${index + 1}. ${text}`,
    ...fields.map(({ label, value }) => `   ${label}: ${value}`),
  ]);
  return `${lines.join("\n")}\n`;
}
