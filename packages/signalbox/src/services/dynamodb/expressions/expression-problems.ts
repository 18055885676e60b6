/** What is wrong in an expression: the first problem of each kind. */
export interface ExpressionProblems<Kind extends string> {
  has(kind: Kind): boolean;
  /** Notes a problem, unless one of its kind is known. */
  note(kind: Kind, sentence: string): void;
  /** The sentence of the first of these kinds that has one. */
  first(kinds: readonly Kind[]): string | undefined;
}

/** DynamoDB reads an expression to its end and then names one problem, by kind before place. */
export function createProblems<Kind extends string>(): ExpressionProblems<Kind> {
  const sentences = new Map<Kind, string>();
  return {
    has: (kind) => sentences.has(kind),
    note(kind, sentence) {
      if (!sentences.has(kind)) sentences.set(kind, sentence);
    },
    first(kinds) {
      const kind = kinds.find((one) => sentences.has(one));
      return kind === undefined ? undefined : sentences.get(kind);
    },
  };
}
