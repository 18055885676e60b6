import { type Action, action, type Caller } from '../../core/service.ts';

/** Makes an action of a function that works on something. */
export function bind<Subject, Input extends object>(
  subject: Subject,
  run: (subject: Subject, input: Input, caller: Caller) => object,
): Action {
  return action((input: Input, caller) => run(subject, input, caller));
}
