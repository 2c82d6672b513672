import { AppError } from "@/lib/errors";

/** The refusal of a throttle, with the time to wait in words. */
export function tooMany(waitSeconds: number): AppError {
  return waitSeconds <= 90
    ? new AppError("too_many", "tooManySeconds", { values: { seconds: waitSeconds } })
    : new AppError("too_many", "tooManyMinutes", { values: { minutes: Math.ceil(waitSeconds / 60) } });
}
