import type { Action, Caller } from '../../core/service.ts';

/** Method syntax, as in `Action`: the codec has read the input by the action's own schema. */
type Bound<Subject, Input> = {
  run(subject: Subject, input: Input, caller: Caller): object;
}['run'];

/** Makes an action of a function that works on something. */
export function bind<Subject, Input extends object>(
  subject: Subject,
  run: Bound<Subject, Input>,
): Action {
  const action: { run(input: Input, caller: Caller): object } = {
    run: (input, caller) => run(subject, input, caller),
  };
  return action.run;
}
