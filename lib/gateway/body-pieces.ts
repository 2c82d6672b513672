/** A length that was declared is believed once this part of it has arrived: a promise alone takes no memory. */
const BELIEVED_FROM = 1 / 8;

/**
 * A body as it arrives. A large one whose length was declared is put together on the way, so that at its end it is
 * not there twice.
 */
export class BodyPieces {
  sizeBytes = 0;
  private pieces: Buffer[] = [];
  /** Where the rest goes, once there is such a place. */
  private whole: Buffer | null = null;

  /** @param declaredBytes 0 where nothing was declared */
  constructor(private readonly declaredBytes: number) {}

  add(piece: Buffer): void {
    const at = this.sizeBytes;
    this.sizeBytes += piece.length;
    if (this.whole && this.sizeBytes <= this.whole.length) {
      piece.copy(this.whole, at);
      return;
    }
    this.pieces.push(piece);
    if (this.pieces.length > 1 && this.sizeBytes >= this.declaredBytes * BELIEVED_FROM) this.gather();
  }

  private gather(): void {
    if (this.whole || this.declaredBytes < this.sizeBytes) return;
    const whole = Buffer.allocUnsafeSlow(this.declaredBytes);
    let at = 0;
    for (const piece of this.pieces) at += piece.copy(whole, at);
    this.pieces = [];
    this.whole = whole;
  }

  /** All of it. */
  take(): Buffer {
    const { whole, pieces, sizeBytes } = this;
    if (!whole) return pieces.length === 1 && pieces[0] ? pieces[0] : Buffer.concat(pieces, sizeBytes);
    if (pieces.length === 0) return sizeBytes === whole.length ? whole : whole.subarray(0, sizeBytes);
    // More than was declared: what came after it follows.
    const after = Buffer.concat(pieces);
    return Buffer.concat([whole.subarray(0, sizeBytes - after.length), after]);
  }
}
