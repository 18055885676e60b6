import { inBatches } from '../../../../core/in-batches.ts';
import { repeatName } from '../../../fork/repeat-name.ts';
import type { ExecutionRow } from '../../../server/live-executions.ts';
import { callAws } from '../../api/call.ts';
import type { StartRequest } from '../execution/terminal-lines.ts';

/** What changes executions, or starts them. */
export type SelectionKind = 'stop' | 'redrive' | 'again';

/** How many calls are under way at once: AWS allows few a second. */
const AT_ONCE = 5;

/** What came of it. */
export interface DoneWithAll {
  readonly done: number;
  readonly refused: readonly { readonly name: string; readonly reason: string }[];
}

/** Those of the rows that an action fits. */
export function fittingRows(
  kind: SelectionKind | 'export',
  rows: readonly ExecutionRow[],
): readonly ExecutionRow[] {
  return rows.filter(({ status }) => {
    if (kind === 'stop') return status === 'RUNNING';
    return kind !== 'redrive' || (status !== 'RUNNING' && status !== 'SUCCEEDED');
  });
}

/** Reads what is needed to start each execution again. */
export function readStarts(rows: readonly ExecutionRow[]): Promise<readonly StartRequest[]> {
  return inBatches(rows, AT_ONCE, async ({ arn, name, machineArn }) => {
    const { input = '{}' } = await callAws<{ input?: string }>('states', 'DescribeExecution', {
      executionArn: arn,
    });
    return { machineArn, name: repeatName('again', name), input };
  });
}

/** Stops each of the executions, or lets it go on where it failed. */
export function changeAll(
  kind: 'stop' | 'redrive',
  rows: readonly ExecutionRow[],
): Promise<DoneWithAll> {
  const action = kind === 'stop' ? 'StopExecution' : 'RedriveExecution';
  return withAll(rows, ({ arn }) => callAws('states', action, { executionArn: arn }));
}

/** Starts each as it was read. */
export function startAll(starts: readonly StartRequest[]): Promise<DoneWithAll> {
  return withAll(starts, ({ machineArn, name, input }) =>
    callAws('states', 'StartExecution', { stateMachineArn: machineArn, name, input }),
  );
}

/** Does the same with all: one that is refused keeps no other from it. */
async function withAll<T extends { readonly name: string }>(
  all: readonly T[],
  act: (one: T) => Promise<unknown>,
): Promise<DoneWithAll> {
  const refusals = await inBatches(all, AT_ONCE, async (one) => {
    try {
      await act(one);
      return [];
    } catch (reason) {
      return [
        { name: one.name, reason: reason instanceof Error ? reason.message : String(reason) },
      ];
    }
  });
  const refused = refusals.flat();
  return { done: all.length - refused.length, refused };
}
