/** An expression that failed while it was evaluated. */
export class EvaluationFailure extends Error {
  override readonly name = 'EvaluationFailure';
  /** How AWS's cause goes on after "threw an error during evaluation". */
  readonly ending: string;

  constructor(ending: string) {
    super(ending);
    this.ending = ending;
  }
}
