import type { GetExecutionHistoryOutput } from '@aws-sdk/client-sfn';
import type { ConsoleCall } from '../console/server/console-options.ts';
import { describeExecution } from '../executions/execution-description.ts';
import type { HistoryStore, StoredExecution } from '../history/store.ts';
import { toAws } from '../history/to-aws.ts';

/** The members of the inputs of all actions that are answered here. */
interface Asked {
  readonly stateMachineArn?: string;
  readonly executionArn?: string;
  readonly maxResults?: number;
  readonly nextToken?: string;
  readonly reverseOrder?: boolean;
}

/** AWS: at most so many are listed at once. */
const PAGE = 1000;

/**
 * Lets a console see the executions of Express machines, of which AWS lists none: the store answers of
 * these, in AWS's own shapes. All other calls go on as they are.
 *
 * @param storeOf The histories; undefined until they are open.
 */
export function withExpressExecutions(
  call: ConsoleCall,
  storeOf: () => HistoryStore | undefined,
  now: () => Date,
): ConsoleCall {
  return async (service, action, input) => {
    const store = service === 'states' ? storeOf() : undefined;
    const own = store === undefined ? undefined : answer(store, action, input, now());
    return own ?? call(service, action, input);
  };
}

function answer(store: HistoryStore, action: string, asked: Asked, now: Date): object | undefined {
  if (action === 'ListExecutions') return listed(store, asked, now);
  const found = store.find(asked.executionArn ?? '');
  if (found?.header.type !== 'EXPRESS') return undefined;
  switch (action) {
    case 'DescribeExecution':
      return describeExecution(found, now);
    case 'DescribeStateMachineForExecution': {
      const { stateMachineArn, stateMachineName: name, definition, roleArn } = found.header;
      return { stateMachineArn, name, definition, roleArn };
    }
    case 'GetExecutionHistory':
      return historyOf(store, found, asked);
    default:
      return undefined;
  }
}

function listed(store: HistoryStore, asked: Asked, now: Date): object | undefined {
  const all = store.executionsOf(asked.stateMachineArn ?? '');
  if (all[0]?.header.type !== 'EXPRESS') return undefined;
  // As AWS does: the newest first. A token says how many are older.
  const end = Number(asked.nextToken ?? all.length);
  const start = Math.max(0, end - (asked.maxResults ?? PAGE));
  const executions = all
    .slice(start, end)
    .reverse()
    .map((one) => {
      const {
        input: _i,
        inputDetails: _id,
        output: _o,
        outputDetails: _od,
        ...item
      } = describeExecution(one, now);
      return item;
    });
  return { executions, ...(start > 0 ? { nextToken: String(start) } : {}) };
}

function historyOf(
  store: HistoryStore,
  { header, eventCount }: StoredExecution,
  { maxResults = PAGE, nextToken, reverseOrder = false }: Asked,
): GetExecutionHistoryOutput {
  const done = Number(nextToken ?? 0);
  const count = Math.min(maxResults, eventCount - done);
  const firstId = reverseOrder ? eventCount - done - count + 1 : done + 1;
  const events = store.events(header.executionArn, firstId, count).map((event) => toAws(event));
  return {
    events: reverseOrder ? events.reverse() : events,
    ...(done + count < eventCount ? { nextToken: String(done + count) } : {}),
  };
}
