import { diagnoseStateMachine } from '../asl/parse/parse-state-machine.ts';
import { resourcesOf } from '../asl/resources.ts';
import { runFrom, runStateMachine } from '../asl/run-state-machine.ts';
import type { Interpreter } from './interpreter.ts';

/** The Amazon States Language. */
export const AMAZON_STATES_LANGUAGE: Interpreter = {
  diagnose: diagnoseStateMachine,
  resourcesOf,
  run: runStateMachine,
  runFrom,
};
