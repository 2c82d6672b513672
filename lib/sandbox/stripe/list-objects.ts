import { noSuch } from "@/lib/sandbox/stripe/stripe-fault";

interface Listable {
  id: string;
  created?: number;
}

type Range =
  | number
  | { gt?: number | undefined; gte?: number | undefined; lt?: number | undefined; lte?: number | undefined };

export interface ListParams {
  limit?: number | undefined;
  starting_after?: string | undefined;
  ending_before?: string | undefined;
  created?: Range | undefined;
}

/**
 * One page, newest first, of objects given in the order they were made. Throws StripeFault (400) when the
 * cursor is unknown. https://docs.stripe.com/api/pagination
 */
export function listObjects<T extends Listable>(
  objects: readonly T[],
  params: ListParams,
  url: string,
): { object: "list"; data: T[]; has_more: boolean; url: string } {
  const limit = params.limit ?? 10;
  const all = objects.filter((object) => inRange(object.created ?? 0, params.created)).reverse();
  const indexOf = (id: string, param: string) => {
    const index = all.findIndex((object) => object.id === id);
    if (index < 0) throw noSuch("object", id, param, 400);
    return index;
  };
  if (params.ending_before !== undefined) {
    const end = indexOf(params.ending_before, "ending_before");
    const start = Math.max(0, end - limit);
    return { object: "list", data: all.slice(start, end), has_more: start > 0, url };
  }
  const start =
    params.starting_after === undefined ? 0 : indexOf(params.starting_after, "starting_after") + 1;
  return {
    object: "list",
    data: all.slice(start, start + limit),
    has_more: all.length > start + limit,
    url,
  };
}

function inRange(created: number, range: Range | undefined): boolean {
  if (range === undefined) return true;
  if (typeof range === "number") return created === range;
  return (
    (range.gt === undefined || created > range.gt) &&
    (range.gte === undefined || created >= range.gte) &&
    (range.lt === undefined || created < range.lt) &&
    (range.lte === undefined || created <= range.lte)
  );
}
