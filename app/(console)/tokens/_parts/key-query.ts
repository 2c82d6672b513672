import { KEY_SORTS, KEY_STATUSES, type KeySort, type KeyStatus } from "@/lib/keys/types";

/** What the list shows, as its address says it. */
export interface KeyQuery {
  search: string;
  status: KeyStatus | undefined;
  sort: KeySort;
  /** From 1. */
  page: number;
}

type Params = Record<string, string | string[] | undefined>;

const LAST_PAGE = 100_000;

/** Reads an address. What makes no sense is left out: a wrong link shows everything rather than nothing. */
export function readKeyQuery(params: Params): KeyQuery {
  const one = (name: string) => {
    const value = params[name];
    return (Array.isArray(value) ? value[0] : value) ?? "";
  };
  const page = /^\d{1,6}$/.test(one("page")) ? Number(one("page")) : 1;
  return {
    search: one("q").slice(0, 100),
    status: KEY_STATUSES.find((status) => status === one("status")),
    sort: KEY_SORTS.find((sort) => sort === one("sort")) ?? "newest",
    page: Math.min(Math.max(1, page), LAST_PAGE),
  };
}

/** The address of a view of the list. */
export function keysHref({ search, status, sort, page }: KeyQuery): string {
  const params = new URLSearchParams();
  if (search.trim() !== "") params.set("q", search.trim());
  if (status) params.set("status", status);
  if (sort !== "newest") params.set("sort", sort);
  if (page > 1) params.set("page", String(page));
  return params.size > 0 ? `/tokens?${params}` : "/tokens";
}
