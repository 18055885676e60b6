import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import {
  EventBridgeClient,
  PutEventsCommand,
  type PutEventsRequestEntry,
} from '@aws-sdk/client-eventbridge';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import {
  DescribeExecutionCommand,
  type DescribeExecutionOutput,
  paginateGetExecutionHistory,
  paginateListExecutions,
  SFNClient,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import type { Engine } from './engine.ts';

const FOLDER = 'scenarios/orders';
/** Longer than the approval that nobody gives, which waits for 60 seconds. */
const LIMIT_MS = 240_000;
/** Time for which nothing has to happen if nothing may start. */
const QUIET_MS = 10_000;
const INPUT = 'events/invoke/orders/decide-approval.json';

/** The end of an execution, as scenarios expect it. */
interface Ending {
  readonly input: { readonly 'detail.orderId': string };
  readonly status: string;
  readonly error?: string;
  readonly lastState?: string;
}

/** The part of an orders' scenario that is played here. */
export interface OrderScenario {
  readonly name: string;
  readonly title: string;
  readonly entries: string;
  readonly decide?: { readonly state: string; readonly decision: 'approve' | 'deny' };
  /** The state in which nobody answers. */
  readonly timeOutIn?: string;
  readonly stopIn?: string;
  readonly expect: { readonly executions: readonly Ending[] };
}

/** A deployed stack. */
export interface Deployed {
  readonly engine: Engine;
  readonly ids: ReadonlyMap<string, string>;
}

/** The scenarios of orders, by their names. */
export function orderScenarios(): readonly OrderScenario[] {
  return readdirSync(FOLDER)
    .filter((file) => file.endsWith('.json'))
    .map((file) => ({
      ...JSON.parse(readFileSync(join(FOLDER, file), 'utf8')),
      name: file.slice(0, -'.json'.length),
    }));
}

/** Plays a scenario to its end; returns each ending as text, found and expected, sorted. */
export async function playOrder(
  deployed: Deployed,
  scenario: OrderScenario,
): Promise<{ readonly found: readonly string[]; readonly expected: readonly string[] }> {
  const { executions } = scenario.expect;
  const entries = entriesOf(deployed, scenario);
  const orderIds = new Set(entries.map(({ Detail = '{}' }) => String(JSON.parse(Detail).orderId)));
  await new EventBridgeClient(deployed.engine.client).send(
    new PutEventsCommand({ Entries: entries }),
  );

  const limit = Date.now() + (executions.length === 0 ? QUIET_MS : LIMIT_MS);
  let hasActed = false;
  let found: readonly DescribeExecutionOutput[] = [];
  do {
    await delay(1_000);
    found = await executionsOf(deployed, orderIds);
    if (!hasActed) hasActed = await act(deployed, scenario, found);
  } while (Date.now() < limit && !isOver(found, executions.length));
  const endings = await Promise.all(found.map((one) => endingOf(deployed, one)));
  return {
    found: endings.map((one) => textOf({ ...one, input: asWritten(one, executions) })).sort(),
    expected: executions.map(textOf).sort(),
  };
}

/** The order's id as the scenario writes it, where a `*` may stand at the end. */
function asWritten({ input }: Ending, expected: readonly Ending[]): Ending['input'] {
  const { 'detail.orderId': orderId } = input;
  const written = expected.find((one) => {
    const pattern = one.input['detail.orderId'];
    return pattern.endsWith('*') && orderId.startsWith(pattern.slice(0, -1));
  });
  return written?.input ?? input;
}

function isOver(found: readonly DescribeExecutionOutput[], expected: number): boolean {
  return expected > 0 && found.length >= expected && found.every((one) => one.status !== 'RUNNING');
}

function entriesOf({ ids }: Deployed, { entries }: OrderScenario): PutEventsRequestEntry[] {
  const read: PutEventsRequestEntry[] = JSON.parse(readFileSync(join(FOLDER, entries), 'utf8'));
  return read.map((entry) => ({ ...entry, EventBusName: ids.get('OrdersBus') }));
}

/** Does what a person does in the scenario, once its state is reached. */
async function act(
  deployed: Deployed,
  { decide, stopIn }: OrderScenario,
  found: readonly DescribeExecutionOutput[],
): Promise<boolean> {
  const [execution] = found;
  const state = stopIn ?? decide?.state;
  if (state === undefined) return true;
  if (execution?.status !== 'RUNNING') return false;
  if ((await lastState(deployed, execution)) !== state) return false;
  if (stopIn !== undefined) {
    const { executionArn } = execution;
    await new SFNClient(deployed.engine.client).send(new StopExecutionCommand({ executionArn }));
    return true;
  }
  const { orderId } = JSON.parse(execution.input ?? '{}').detail;
  const event = JSON.parse(readFileSync(INPUT, 'utf8'));
  const body = JSON.stringify({ decision: decide?.decision, approver: 'ada', comment: 'Played' });
  const { Payload } = await new LambdaClient(deployed.engine.client).send(
    new InvokeCommand({
      FunctionName: deployed.ids.get('DecideApprovalFunction'),
      Payload: JSON.stringify({ ...event, pathParameters: { orderId }, body }),
    }),
  );
  // The state is entered shortly before the request for approval is kept.
  return JSON.parse(Buffer.from(Payload ?? []).toString()).statusCode === 200;
}

async function executionsOf(
  { engine, ids }: Deployed,
  orderIds: ReadonlySet<string>,
): Promise<readonly DescribeExecutionOutput[]> {
  const client = new SFNClient(engine.client);
  const stateMachineArn = ids.get('OrderProcessingStateMachine');
  const found: DescribeExecutionOutput[] = [];
  for await (const page of paginateListExecutions({ client }, { stateMachineArn })) {
    for (const { executionArn } of page.executions ?? []) {
      const one = await client.send(new DescribeExecutionCommand({ executionArn }));
      if (orderIds.has(JSON.parse(one.input ?? '{}').detail?.orderId)) found.push(one);
    }
  }
  return found;
}

async function endingOf(deployed: Deployed, one: DescribeExecutionOutput): Promise<Ending> {
  const { status = '', error } = one;
  const { orderId } = JSON.parse(one.input ?? '{}').detail;
  const last = status === 'ABORTED' ? undefined : await lastState(deployed, one);
  return {
    input: { 'detail.orderId': orderId },
    status,
    ...(error === undefined ? {} : { error }),
    ...(last === undefined ? {} : { lastState: last }),
  };
}

/** The state that was entered last. */
async function lastState(
  { engine }: Deployed,
  { executionArn }: DescribeExecutionOutput,
): Promise<string | undefined> {
  const client = new SFNClient(engine.client);
  const input = { executionArn, reverseOrder: true };
  for await (const { events = [] } of paginateGetExecutionHistory({ client }, input)) {
    const entered = events.find(({ stateEnteredEventDetails }) => stateEnteredEventDetails);
    if (entered !== undefined) return entered.stateEnteredEventDetails?.name;
  }
  return undefined;
}

function textOf({ input, status, error, lastState: state }: Ending): string {
  return [input['detail.orderId'], status, error, state]
    .filter((part) => part !== undefined)
    .join(' ');
}
