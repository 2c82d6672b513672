import { KEY_NEEDS, KEY_ORDERS, type KeyNeed, type KeyOrder } from "@/lib/keys/list-choices";
import { KEY_STATUSES, type KeyStatus } from "@/lib/keys/types";

/** What the list shows, as its address says it. */
export interface KeyQuery {
  search: string;
  status: KeyStatus | undefined;
  need: KeyNeed | undefined;
  sort: KeyOrder;
}

type Params = Record<string, string | string[] | undefined>;

function one(params: Params, name: string): string {
  const value = params[name];
  return (Array.isArray(value) ? value[0] : value) ?? "";
}

/** Reads an address. What makes no sense is left out: a wrong link shows everything rather than nothing. */
export function readKeyQuery(params: Params): KeyQuery {
  return {
    search: one(params, "q").slice(0, 100),
    status: KEY_STATUSES.find((status) => status === one(params, "status")),
    need: KEY_NEEDS.find((need) => need === one(params, "need")),
    sort: KEY_ORDERS.find((sort) => sort === one(params, "sort")) ?? "newest",
  };
}

/** The place of a page in the list, if the address names one. */
export function readPlaceParam(params: Params): string | undefined {
  const place = one(params, "place");
  return place !== "" && place.length <= 2_000 ? place : undefined;
}

/** Whether anything narrows the list down. */
export function isFiltered({ search, status, need }: KeyQuery): boolean {
  return search.trim() !== "" || status !== undefined || need !== undefined;
}

/** The address of a view of the list; `place` is where its page begins. */
export function keysHref({ search, status, need, sort }: KeyQuery, place?: string): string {
  const params = new URLSearchParams();
  if (search.trim() !== "") params.set("q", search.trim());
  if (status) params.set("status", status);
  if (need) params.set("need", need);
  if (sort !== "newest") params.set("sort", sort);
  if (place) params.set("place", place);
  return params.size > 0 ? `/tokens?${params}` : "/tokens";
}
