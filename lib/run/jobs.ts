import { autoTopUpJob } from "@/lib/jobs/auto-top-up";
import { dropOldCallsJob } from "@/lib/jobs/drop-old-calls";
import { expireLotsJob } from "@/lib/jobs/expire-lots";
import { foldUsageJob } from "@/lib/jobs/fold-usage";
import { forgetAnswersJob } from "@/lib/jobs/forget-answers";
import { forgetHoldsJob } from "@/lib/jobs/forget-holds";
import { forgetPromptsJob } from "@/lib/jobs/forget-prompts";
import { forgetSessionsJob } from "@/lib/jobs/forget-sessions";
import { makePartitionsJob } from "@/lib/jobs/make-partitions";
import { measureRoutesJob } from "@/lib/jobs/measure-routes";
import { moneyAlertsJob } from "@/lib/jobs/money-alerts";
import { proveUsageJob } from "@/lib/jobs/prove-usage";
import { reapHoldsJob } from "@/lib/jobs/reap-holds";
import { reconcileBillingJob } from "@/lib/jobs/reconcile-billing";
import { remindOfKeysJob } from "@/lib/jobs/remind-of-keys";
import { sendMailJob } from "@/lib/jobs/send-mail";
import type { Job } from "@/lib/run/job-loop";

/** Everything that the worker does, each in its own rhythm. */
export const JOBS: readonly Job[] = [
  reapHoldsJob,
  sendMailJob,
  expireLotsJob,
  autoTopUpJob,
  reconcileBillingJob,
  moneyAlertsJob,
  remindOfKeysJob,
  forgetAnswersJob,
  forgetHoldsJob,
  forgetSessionsJob,
  makePartitionsJob,
  dropOldCallsJob,
  foldUsageJob,
  proveUsageJob,
  forgetPromptsJob,
  measureRoutesJob,
];
