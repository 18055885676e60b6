import type { DescribeExecutionOutput } from '@aws-sdk/client-sfn';
import { inBatches } from '../../core/in-batches.ts';
import type { DeepCondition } from '../search/conditions.ts';
import type { ConsoleCall } from './console-options.ts';
import type { EventStream } from './event-stream.ts';
import type { ExecutionChanges } from './execution-changes.ts';
import { executionPages } from './execution-pages.ts';
import { errorText } from './live-execution.ts';
import { listedMachines } from './live-executions.ts';
import { startedBy } from './started-by.ts';

/** The search that a page follows. */
export interface SearchOptions {
  readonly call: ConsoleCall;
  readonly changes: ExecutionChanges;
  readonly conditions: readonly DeepCondition[];
  readonly includesExpress: boolean;
  /** The most executions of one machine that are looked at. */
  readonly perMachine: number;
  /** How many are described at once: AWS allows few a second. */
  readonly atOnce: number;
}

const PAGE = 200;

/**
 * Looks into the executions of all state machines, the newest of each first, and sends the ARNs of those
 * that fit as they are found; then each that changes so that it fits, or does so no more.
 */
export async function searchExecutions(stream: EventStream, options: SearchOptions): Promise<void> {
  const { call, changes } = options;
  let looked = 0;
  const look = async (arns: readonly string[], isChanged: boolean) => {
    const fits = await inBatches(arns, options.atOnce, (arn) => fitsAll(arn, options));
    looked += isChanged ? 0 : arns.length;
    const found = arns.filter((_, at) => fits[at]);
    const lost = isChanged ? arns.filter((_, at) => !fits[at]) : [];
    stream.send('found', JSON.stringify({ found, lost, looked }));
  };
  const fail = (error: unknown) => stream.send('failed', errorText(error));
  stream.onClose(changes.all((arns) => void look(arns, true).catch(fail)));
  for (const machineArn of await listedMachines(call, options.includesExpress)) {
    const sizes = { pageSize: PAGE, limit: options.perMachine };
    for await (const page of executionPages(call, machineArn, sizes)) {
      const arns = page.flatMap(({ executionArn }) => executionArn ?? []);
      await look(arns, false);
      if (!stream.isOpen) return;
    }
  }
  stream.send('searched', '{}');
}

async function fitsAll(
  executionArn: string,
  { call, conditions }: SearchOptions,
): Promise<boolean> {
  const found = await call('states', 'DescribeExecution', { executionArn });
  return conditions.every((condition) => holds(found, condition));
}

/** Returns whether an execution fits a condition, whatever the case of the letters. */
export function holds(
  execution: Partial<DescribeExecutionOutput>,
  { name, operator, value }: DeepCondition,
): boolean {
  const text = textOf(execution, name).toLowerCase();
  const wanted = value.toLowerCase();
  const fits = operator.endsWith('=') ? text === wanted : text.includes(wanted);
  return fits !== operator.startsWith('!');
}

function textOf(execution: Partial<DescribeExecutionOutput>, name: DeepCondition['name']): string {
  const { input = '', output = '', error = '', cause = '' } = execution;
  switch (name) {
    case 'input':
      return input;
    case 'output':
      return output;
    case 'error':
      return `${error}${cause === '' ? '' : ` ${cause}`}`;
    case 'trigger':
      return startedBy(execution);
  }
}
