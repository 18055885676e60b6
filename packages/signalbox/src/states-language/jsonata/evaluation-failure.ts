/** An expression that failed while it was evaluated. */
export class EvaluationFailure extends Error {
  override readonly name = 'EvaluationFailure';
  /** The rest of AWS's cause after "threw an error during evaluation". */
  readonly ending: string;

  constructor(ending: string) {
    super(ending);
    this.ending = ending;
  }
}

/** An expression that yields a function, which no JSON has. */
export class UnsupportedResult extends Error {}
