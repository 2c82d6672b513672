import { headers } from "next/headers";
import { cache } from "react";
import { newId } from "@/lib/ids";

/** The header in which the server hands its id on to the pages; it drops one that came from outside. */
export const REQUEST_ID_HEADER = "x-request-id";

const OURS = /^req_[0-9A-Za-z]{22}$/;

/** The id that the server gave this request, or a new one: the same for a whole page or action. */
export const findRequestId = cache(async (): Promise<string> => {
  const given = (await headers()).get(REQUEST_ID_HEADER);
  return given && OURS.test(given) ? given : newId("req");
});
