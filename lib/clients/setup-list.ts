import { CLIENTS } from "@/lib/clients/catalogue";
import type { RequestOrigin, TabKind } from "@/lib/clients/types";

export interface ListedClient {
  slug: string;
  name: string;
  what: string;
  origin: RequestOrigin;
  /** Whether the address it is given ends in /v1. */
  v1: boolean;
  tabs: { id: string; label: string; kind: TabKind }[];
}

/** What `setup list` prints: every client and its tabs, the one shown by default first. */
export function setupList(): ListedClient[] {
  return CLIENTS.map(({ slug, name, what, origin, v1, tabs }) => ({
    slug,
    name,
    what,
    origin,
    v1: v1.included,
    tabs: tabs.map(({ id, label, kind }) => ({ id, label, kind })),
  }));
}
