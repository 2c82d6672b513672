/** Where a member stands in its crowd; -1 outside. Only the crowd writes it. */
export interface Placed {
  place: number;
}

/**
 * What comes and goes thousands of times a second, in no order. A Set would do, but V8 links each table that a Set
 * outgrows to the next one: once a dead table has reached the old generation, it keeps every later one with all its
 * members alive until a full collection. Calls then survive their end by seconds, and collecting costs more than serving.
 */
export class Crowd<T extends Placed> {
  private readonly members: T[] = [];

  get size(): number {
    return this.members.length;
  }

  /** Does nothing to a member that is in already. */
  add(member: T): void {
    if (member.place >= 0) return;
    member.place = this.members.length;
    this.members.push(member);
  }

  /** Whether it was in. The last member takes its place. */
  delete(member: T): boolean {
    const { place } = member;
    if (place < 0) return false;
    const last = this.members.pop();
    if (last && last !== member) {
      this.members[place] = last;
      last.place = place;
    }
    member.place = -1;
    return true;
  }

  /** Calls `visit` for each member that is in now; it may take members out and put others in. */
  each(visit: (member: T) => void): void {
    for (let at = this.members.length - 1; at >= 0; at--) {
      const member = this.members[at];
      if (member) visit(member);
    }
  }
}
