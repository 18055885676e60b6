import type {
  DescribeStateMachineForExecutionOutput,
  GetExecutionHistoryOutput,
} from '@aws-sdk/client-sfn';
import { parseJson } from '../../core/json.ts';
import { parseStateMachine } from '../../states-language/parse/parse-state-machine.ts';
import { childDefinition } from '../graph/child-definition.ts';
import { type MachineGraph, machineGraph } from '../graph/machine-graph.ts';
import type { ConsoleCall } from './console-options.ts';

/** A definition, and the graph that it makes. */
export interface MachineView {
  readonly machineArn: string;
  readonly name: string;
  /** JSON text. */
  readonly definition: string;
  readonly roleArn: string;
  /** Undefined where the definition cannot be read. */
  readonly graph: MachineGraph | undefined;
  readonly problems: readonly { readonly message: string; readonly path: string }[];
}

/** Reads the definition that an execution runs, or that a state machine has now. */
export async function machineView(
  call: ConsoleCall,
  of: { readonly executionArn: string } | { readonly stateMachineArn: string },
): Promise<MachineView> {
  const found: Partial<DescribeStateMachineForExecutionOutput> =
    'executionArn' in of
      ? await call('states', 'DescribeStateMachineForExecution', of)
      : await call('states', 'DescribeStateMachine', of);
  const { stateMachineArn: machineArn = '', name = '', roleArn = '' } = found;
  const { definition: whole = '{}' } = found;
  const isChild = 'executionArn' in of && of.executionArn.split(':')[6]?.includes('/') === true;
  const definition = isChild ? await ofChild(call, of.executionArn, whole) : whole;
  return { machineArn, name, definition, roleArn, ...graphOf(definition) };
}

/** A child execution of a Map Run (`machine/label`) runs a part of the definition that AWS tells. */
async function ofChild(
  call: ConsoleCall,
  executionArn: string,
  definition: string,
): Promise<string> {
  const asked = { executionArn, maxResults: 5, includeExecutionData: false };
  const { events = [] }: Partial<GetExecutionHistoryOutput> = await call(
    'states',
    'GetExecutionHistory',
    asked,
  );
  const entered = events.find(({ stateEnteredEventDetails: details }) => details !== undefined);
  const first = entered?.stateEnteredEventDetails?.name ?? '';
  const child = childDefinition(parseJson(definition) ?? null, first);
  return child === undefined ? definition : JSON.stringify(child);
}

/** Reads a definition as it may be while somebody edits it. */
export function graphOf(definition: string): Pick<MachineView, 'graph' | 'problems'> {
  const value = parseJson(definition);
  if (value === undefined) {
    return { graph: undefined, problems: [{ message: 'This is no JSON', path: '' }] };
  }
  const parsed = parseStateMachine(value);
  if (parsed.ok) return { graph: machineGraph(parsed.value), problems: [] };
  const problems = parsed.problems.map(({ message, path = '' }) => ({ message, path }));
  return { graph: undefined, problems };
}
