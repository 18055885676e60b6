/** The end of a text that is compared. */
export type Side = 'start' | 'end';

/** Branches by a text that a value must begin or end with. */
export class AffixIndex {
  private readonly side: Side;
  private readonly keyOf: (text: string) => string;
  private readonly branches = new Map<string, number[]>();
  /** The lengths in UTF-16 units that occur, the only ones worth looking at. */
  private lengths: readonly number[] = [];

  /** `keyOf` writes texts that count as the same in one form. */
  constructor(side: Side, keyOf: (text: string) => string) {
    this.side = side;
    this.keyOf = keyOf;
  }

  add(affix: string, branch: number): void {
    const key = this.keyOf(affix);
    const known = this.branches.get(key);
    if (known === undefined) this.branches.set(key, [branch]);
    else known.push(branch);
    this.lengths = [...new Set([...this.lengths, affix.length])].sort((a, b) => a - b);
  }

  /** Calls back for each branch whose text the value begins or ends with. */
  find(value: string, found: (branch: number) => void): void {
    for (const length of this.lengths) {
      if (length > value.length) return;
      const affix =
        this.side === 'start' ? value.slice(0, length) : value.slice(value.length - length);
      const branches = this.branches.get(this.keyOf(affix));
      if (branches !== undefined) for (const branch of branches) found(branch);
    }
  }
}
