import { LambdaClient, ListFunctionsCommand } from '@aws-sdk/client-lambda';
import {
  GetExecutionHistoryCommand,
  ListExecutionsCommand,
  ListStateMachinesCommand,
} from '@aws-sdk/client-sfn';
import { failingStep } from '../../packages/signalbox/src/history/steps/failing-step.ts';
import { foldSteps } from '../../packages/signalbox/src/history/steps/fold-steps.ts';
import type { StartedConsole } from '../console/start-console.ts';

/** A page with something in it to see. */
export interface ShownPage {
  readonly name: string;
  /** Below the console's own path. */
  readonly path: string;
  /** The looks that the documents show, such as `light-1280`. */
  readonly docs?: readonly string[];
}

/** What is played before: something of each kind, some of it under way. */
const PLAYED = [
  'orders/happy-order',
  'orders/out-of-stock',
  'orders/declined-card',
  'orders/high-value-approved',
  'lifecycle/audit-estate',
  'costs/cost-review',
  'failover/failover-database-drill',
  'failover/failover-database',
];

/** Plays what is to be seen, and names every page. */
export async function shownPages(started: StartedConsole): Promise<readonly ShownPage[]> {
  for (const entries of PLAYED) await started.play(entries);
  const order = await newest(started, 'order-processing', 'FAILED');
  const other = await newest(started, 'order-processing', 'SUCCEEDED');
  const failover = await newest(started, 'dr-failover', 'SUCCEEDED');
  const execution = `/executions/${order}`;
  return [
    { name: 'home', path: '/', docs: ['dark-1280'] },
    { name: 'executions', path: '/executions', docs: ['light-1280'] },
    {
      name: 'execution-graph',
      path: `${execution}?step=${await failedStep(started, order)}`,
      docs: ['light-1280', 'light-390'],
    },
    { name: 'execution-table', path: `${execution}?view=table` },
    { name: 'execution-events', path: `${execution}?view=events` },
    { name: 'execution-logs', path: `${execution}?view=logs` },
    { name: 'execution-failover', path: `/executions/${failover}` },
    { name: 'compare', path: `/compare?a=${order}&b=${other}` },
    { name: 'definitions', path: `/definitions?a=${machineArn(order)}&b=${machineArn(failover)}` },
    { name: 'workflows', path: '/workflows' },
    { name: 'workflow', path: `/workflows/${nameOf(order)}` },
    { name: 'events', path: '/events' },
    { name: 'functions', path: '/functions' },
    {
      name: 'function',
      path: `/functions?name=${await functionNamed(started, 'ChargePaymentFunction')}`,
    },
    { name: 'metrics', path: '/metrics' },
    { name: 'tables', path: '/tables' },
    { name: 'queues', path: '/queues' },
    { name: 'buckets', path: '/buckets' },
    { name: 'secrets', path: '/secrets' },
    { name: 'rehearsal', path: '/rehearsal' },
    { name: 'approvals', path: '/approvals' },
    { name: 'failovers', path: '/failovers' },
    { name: 'audits', path: '/audits' },
    { name: 'costs', path: '/costs' },
  ];
}

async function newest(
  { states }: StartedConsole,
  machine: string,
  status: 'FAILED' | 'SUCCEEDED',
): Promise<string> {
  const { stateMachines = [] } = await states.send(new ListStateMachinesCommand({}));
  const found = stateMachines.find(({ name }) => name?.endsWith(machine));
  const { executions = [] } = await states.send(
    new ListExecutionsCommand({ stateMachineArn: found?.stateMachineArn, statusFilter: status }),
  );
  const [first] = executions;
  if (first?.executionArn === undefined) throw new Error(`No execution of ${machine} is ${status}`);
  return first.executionArn;
}

async function failedStep({ states }: StartedConsole, executionArn: string): Promise<number> {
  const { events = [] } = await states.send(new GetExecutionHistoryCommand({ executionArn }));
  return failingStep(foldSteps(events).steps)?.id ?? 0;
}

function nameOf(executionArn: string): string {
  return executionArn.split(':').at(-2) ?? '';
}

function machineArn(executionArn: string): string {
  return executionArn.replace(':execution:', ':stateMachine:').replace(/:[^:]+$/, '');
}

async function functionNamed({ stage }: StartedConsole, end: string): Promise<string> {
  const { Functions = [] } = await new LambdaClient(stage.client).send(
    new ListFunctionsCommand({}),
  );
  return Functions.find(({ FunctionName }) => FunctionName?.endsWith(end))?.FunctionName ?? '';
}
