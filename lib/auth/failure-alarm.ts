import { log } from "@/lib/log";

/** More refused sign-ins than this in a minute, over all accounts, look like somebody trying a stolen list. */
const ALARM_PER_MINUTE = 100;

let minute = 0;
let failures = 0;

/** Counts refused sign-ins of this process, and says so once a minute when there are far too many. */
export function countFailure(nowMs: number = Date.now()): void {
  const current = Math.floor(nowMs / 60_000);
  if (current !== minute) {
    minute = current;
    failures = 0;
  }
  failures += 1;
  if (failures === ALARM_PER_MINUTE) {
    log.error({ alarm: "signin_failures", perMinute: failures }, "far more refused sign-ins than usual");
  }
}
