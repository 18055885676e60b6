import { variableReferencesOf } from '../states-language/checks/variable-references.ts';
import { diagnoseStateMachine } from '../states-language/parse/parse-state-machine.ts';
import { resourcesOf } from '../states-language/resources.ts';
import { runFrom, runStateMachine } from '../states-language/run-state-machine.ts';
import type { Interpreter } from './interpreter.ts';

/** The Amazon States Language. */
export const AMAZON_STATES_LANGUAGE: Interpreter = {
  diagnose: diagnoseStateMachine,
  resourcesOf,
  variableReferencesOf,
  run: runStateMachine,
  runFrom,
};
