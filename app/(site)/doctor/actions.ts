"use server";

import { checkLive, LiveInput } from "@/lib/doctor/check-live";
import { runPublicAction } from "@/lib/http/run-public-action";

/** One check by a call to our own API. The key stays in this request's memory. */
export const checkLiveAction = runPublicAction(LiveInput, checkLive);
