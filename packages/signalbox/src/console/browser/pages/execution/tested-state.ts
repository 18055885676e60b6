import { jsonText } from '../../../../core/exact-json/exact-number.ts';
import type { Step } from '../../../../history/steps/step.ts';
import { membersText, variablesBefore } from '../../../../history/steps/variables.ts';
import { callAws } from '../../api/call.ts';
import { readJson } from '../../parts/format.ts';
import type { LiveExecution } from './use-execution.ts';

/** What TestState is given; all of it JSON texts. */
export interface StateTest {
  readonly definition: string;
  readonly input: string;
  readonly variables: string;
  /** The result in place of the state's work; undefined for a state that does none. */
  readonly result: string | undefined;
}

/** What TestState tells; its notes are JSON texts. */
export interface Tested {
  readonly status?: string;
  readonly inspectionData?: Readonly<Record<string, string>>;
  readonly output?: string;
  readonly error?: string;
  readonly cause?: string;
  readonly nextState?: string;
}

/** The test that repeats a step: what it was given, with its recorded result in place of its work. */
export function testOf(
  { steps, machine }: LiveExecution,
  step: Step,
  definition: object,
): StateTest {
  return {
    definition: jsonText({ ...languageOf(machine?.definition), ...definition }),
    input: step.input ?? '{}',
    variables: membersText(variablesBefore(steps, step)),
    result: resultOf(step),
  };
}

/** What a state alone needs of its machine's definition: the language where it says none of its own. */
export function languageOf(definition: string | undefined): { readonly QueryLanguage?: unknown } {
  const root = readJson(definition);
  return typeof root === 'object' && root !== null && 'QueryLanguage' in root
    ? { QueryLanguage: root['QueryLanguage'] }
    : {};
}

/** The result of a Map or Parallel is no event of its own: its output stands for it. */
function resultOf({ type, attempts, output }: Step): string | undefined {
  if (attempts.length > 0) {
    return attempts.findLast(({ status }) => status === 'succeeded')?.output ?? '{}';
  }
  if (type !== 'Map' && type !== 'Parallel') return undefined;
  return output?.startsWith('[') === true ? output : '[]';
}

/** Makes the input of TestState. */
export function testInput({ definition, input, variables, result }: StateTest) {
  return {
    ...{ definition, input, inspectionLevel: 'DEBUG' },
    ...(variables === '{}' ? {} : { variables }),
    ...(result === undefined ? {} : { mock: { result, fieldValidationMode: 'NONE' } }),
  };
}

/** Runs a state alone. */
export function testState(test: StateTest): Promise<Tested> {
  return callAws<Tested>('states', 'TestState', testInput(test));
}
