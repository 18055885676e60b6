import {
  type ExecutionListItem,
  paginateListExecutions,
  paginateListStateMachines,
  SFNClient,
} from '@aws-sdk/client-sfn';
import { UserError } from '../core/user-error.ts';
import { executionIds } from './execution-ids.ts';
import type { Session } from './session.ts';

/**
 * Finds an execution by its ARN, its name, a unique beginning of its name, `@last`, `@last-failed`, or the
 * id by which the project's people know it.
 * @returns Its ARN.
 * @throws {UserError} When there is none, or more than one.
 */
export async function findExecution(session: Session, id: string): Promise<string> {
  if (id.startsWith('arn:')) return id;
  const executions = await allExecutions(new SFNClient(session.client));
  const found = id.startsWith('@') ? latest(executions, id) : await named(session, executions, id);
  const [first, second] = found;
  if (first?.executionArn === undefined) {
    throw new UserError('not-found', `No execution "${id}": "signalbox ls" shows what there is`);
  }
  if (second !== undefined) {
    const names = found.map((one) => one.name).join(', ');
    throw new UserError('usage', `More than one execution begins with "${id}": ${names}`);
  }
  return first.executionArn;
}

/** Every execution of every state machine, newest first. */
export async function allExecutions(client: SFNClient): Promise<readonly ExecutionListItem[]> {
  const executions: ExecutionListItem[] = [];
  for await (const machines of paginateListStateMachines({ client }, {})) {
    for (const { stateMachineArn, type } of machines.stateMachines ?? []) {
      if (type === 'EXPRESS') continue; // AWS lists no executions of those
      for await (const page of paginateListExecutions({ client }, { stateMachineArn })) {
        executions.push(...(page.executions ?? []));
      }
    }
  }
  return executions.sort((a, b) => startMs(b) - startMs(a));
}

/** When an execution started, in Unix milliseconds. */
export function startMs(execution: ExecutionListItem): number {
  return execution.startDate?.getTime() ?? 0;
}

/** Those of a name, or else of a beginning of it, or else of an id of the project's own. */
async function named(
  session: Session,
  executions: readonly ExecutionListItem[],
  id: string,
): Promise<readonly ExecutionListItem[]> {
  const exact = executions.filter(({ name }) => name === id);
  if (exact.length > 0) return exact;
  const begun = executions.filter(({ name }) => name?.startsWith(id));
  if (begun.length > 0) return begun;
  const ids = await executionIds(session, executions);
  return executions.filter(({ executionArn = '' }) => ids.get(executionArn) === id);
}

function latest(
  executions: readonly ExecutionListItem[],
  id: string,
): readonly ExecutionListItem[] {
  if (id === '@last') return executions.slice(0, 1);
  if (id === '@last-failed') {
    return executions
      .filter(({ status }) => status !== 'SUCCEEDED' && status !== 'RUNNING')
      .slice(0, 1);
  }
  throw new UserError('usage', `Cannot read "${id}": write @last or @last-failed`);
}
