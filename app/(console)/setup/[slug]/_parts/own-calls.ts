/** Request ids of the calls that this page made itself, so that the watcher does not take them for the client's. */
const made = new Set<string>();

export function noteOwnCall(requestId: string | null): void {
  if (requestId) made.add(requestId);
}

export function isOwnCall(requestId: string): boolean {
  return made.has(requestId);
}
