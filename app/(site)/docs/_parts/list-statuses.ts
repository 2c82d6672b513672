/** The statuses that have a page in plain words. 524 is not the gateway's own, and is met all the same. */
export const STATUSES = ["401", "403", "404", "413", "429", "503", "504", "524"] as const;

export type StatusPage = (typeof STATUSES)[number];

export function isStatusPage(code: string): code is StatusPage {
  return (STATUSES as readonly string[]).includes(code);
}
