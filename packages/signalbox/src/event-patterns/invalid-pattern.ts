/** Thrown while a pattern is read and turned into a `Problem` by `parsePattern`. */
export class InvalidPattern extends Error {
  override readonly name = 'InvalidPattern';
  /** Where in the pattern's text, where EventBridge tells a place. */
  readonly place: { readonly source: string; readonly offset: number } | undefined;

  constructor(reason: string, place?: { readonly source: string; readonly offset: number }) {
    super(reason);
    this.place = place;
  }
}
