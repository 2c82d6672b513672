/**
 * Takes at least this long, success or failure: where an address with an account means more work than one
 * without, the time must not tell. Well above what the work takes, so that both end at the same moment.
 */
export async function atLeast<T>(durationMs: number, work: () => Promise<T>): Promise<T> {
  const done = new Promise<void>((resolve) => setTimeout(resolve, durationMs));
  try {
    return await work();
  } finally {
    await done;
  }
}
