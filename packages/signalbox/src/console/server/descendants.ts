import type { ListExecutionsOutput } from '@aws-sdk/client-sfn';
import { forkMachineArn } from '../fork/fork-machine.ts';
import { type RepeatKind, repeatedBy } from '../fork/repeat-name.ts';
import type { ConsoleCall } from './console-options.ts';

/** An execution that was forked of another one, or ran it again. */
export interface Descendant {
  readonly arn: string;
  readonly name: string;
  readonly kind: RepeatKind;
}

/** The newest of each state machine: AWS lists no executions by the beginning of their names. */
const LOOKED_AT = 1_000;

/** Finds the executions that were forked of an execution, and those that ran it again, the newest first. */
export async function descendantsOf(
  call: ConsoleCall,
  executionArn: string,
): Promise<readonly Descendant[]> {
  const parts = executionArn.split(':');
  // AWS lists no Express executions, and the children of a Map Run are not run again by themselves.
  if (parts[5] !== 'execution' || parts[6]?.includes('/') === true) return [];
  const machineArn = [...parts.slice(0, 5), 'stateMachine', parts[6]].join(':');
  const [forks, again] = await Promise.all([
    namesOf(call, forkMachineArn(machineArn), 'fork', parts[7] ?? ''),
    namesOf(call, machineArn, 'again', parts[7] ?? ''),
  ]);
  return [...forks, ...again];
}

async function namesOf(
  call: ConsoleCall,
  stateMachineArn: string,
  kind: Descendant['kind'],
  original: string,
): Promise<readonly Descendant[]> {
  const input = { stateMachineArn, maxResults: LOOKED_AT };
  const { executions = [] }: Partial<ListExecutionsOutput> = await call(
    'states',
    'ListExecutions',
    input,
  ).catch(ifMissing);
  return executions.flatMap(({ executionArn: arn = '', name = '' }) =>
    isRepeat(name, kind, original) ? [{ arn, name, kind }] : [],
  );
}

function isRepeat(name: string, kind: RepeatKind, original: string): boolean {
  const repeated = repeatedBy(name);
  return repeated?.kind === kind && repeated.name === original;
}

/** Where nothing was forked, there is no such machine. */
function ifMissing(error: unknown): Partial<ListExecutionsOutput> {
  if (error instanceof Error && error.name === 'StateMachineDoesNotExist') return {};
  throw error;
}
