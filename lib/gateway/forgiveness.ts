/** Empty answers cost nothing, but not without end: per workspace and UTC day, up to an amount in nano-USD. */
export class Forgiveness {
  private day = "";
  private readonly spent = new Map<string, bigint>();

  constructor(private readonly perDayNano: bigint) {}

  /** Whether this much may be forgiven now; notes it if so. */
  take(workspaceId: string, nano: bigint, atMs: number): boolean {
    const day = new Date(atMs).toISOString().slice(0, 10);
    if (day !== this.day) {
      this.day = day;
      this.spent.clear();
    }
    const total = (this.spent.get(workspaceId) ?? 0n) + nano;
    if (total > this.perDayNano) return false;
    this.spent.set(workspaceId, total);
    return true;
  }
}
