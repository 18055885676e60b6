import { GetParameterCommand, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { createRehearsal, type Rehearsal, UserError } from 'signalbox';
import { approve } from './approve.ts';
import { createCallKeeper, type KeptCalls, rolesOf } from './count-calls.ts';
import { type DrillExecution, readDrillExecution } from './drill-execution.ts';
import type { DrillResult } from './drill-result.ts';
import { readFailover } from './read-failover.ts';

/** A game day that is asked for. */
export interface DrillRequest {
  readonly root: string;
  readonly scenario: string;
  readonly mode: DrillResult['mode'];
  readonly kind: DrillResult['kind'];
  readonly time: 'skip' | 'real';
  /** Faults to begin with, as `fault` or `fault:target`. */
  readonly broken: readonly string[];
}

/** An approval that is asked for again and again is a workflow's mistake, and ends here. */
const MAX_APPROVALS = 5;

/**
 * Runs a game day in a rehearsal of its own, and approves what it asks for.
 * @throws {UserError} When the project can't be read, or a fault is unknown.
 */
export async function runDrill(
  request: DrillRequest,
  onRemark: (line: string) => void,
): Promise<DrillResult> {
  const { root, time } = request;
  const calls = createCallKeeper();
  const rehearsal = await createRehearsal({ root, time, onRemark, onCall: calls.onCall });
  try {
    return await drillOn(rehearsal, calls, request);
  } finally {
    await rehearsal.close();
  }
}

async function drillOn(
  rehearsal: Rehearsal,
  calls: KeptCalls,
  request: DrillRequest,
): Promise<DrillResult> {
  const { scenario, mode, kind, broken } = request;
  const ranAt = new Date().toISOString();
  // A fault of this game day must not start a failover of its own, which would lock this one out.
  await disableAutomaticFailover(rehearsal);
  for (const aim of broken) startFault(rehearsal, aim);
  calls.clear();
  const failoverId = `drill-${ranAt.replaceAll(/\D/g, '').slice(0, 14)}`;
  const execution = await play(rehearsal, request, failoverId);
  const { executionArn, status } = execution;
  const failover = await readFailover(rehearsal, failoverId, execution);
  const app = rehearsal.app();
  const buckets = app.resources.filter(({ type }) => type === 'AWS::S3::Bucket');
  return {
    version: 1,
    ...{ ranAt, scenario, mode, kind, broken: [...broken], failoverId, executionArn, status },
    ...failover,
    calls: calls.countOf(
      rolesOf(app, executionArn),
      buckets.map(({ physicalId }) => physicalId),
    ),
  };
}

async function disableAutomaticFailover({ client, physicalId }: Rehearsal): Promise<void> {
  const ssm = new SSMClient(client);
  const Name = physicalId('AutomaticFailover');
  // A parameter that is not there would be made anew, and change nothing.
  await ssm.send(new GetParameterCommand({ Name }));
  await ssm.send(new PutParameterCommand({ Name, Value: 'disabled', Overwrite: true }));
}

function startFault({ simulatedResources }: Rehearsal, aim: string): void {
  const [name = '', ...rest] = aim.split(':');
  const target = rest.length === 0 ? undefined : rest.join(':');
  if (simulatedResources.start(name, target) !== undefined) return;
  const names = simulatedResources.faults().map((fault) => fault.name);
  throw new UserError('not-found', `No fault "${name}": there is ${names.join(', ') || 'none'}`);
}

/** Asks for the drill, and approves all that it asks for. */
async function play(
  rehearsal: Rehearsal,
  { scenario, mode, kind }: DrillRequest,
  requestId: string,
): Promise<DrillExecution> {
  const detail = { version: 1, scenario, mode, kind, requestId };
  const who = { reason: 'A game day, run by hand', requestedBy: 'signalbox drill' };
  const [eventId = ''] = await rehearsal.putEvents([
    {
      EventBusName: rehearsal.physicalId('OperationsBus'),
      Source: 'signalbox.dr',
      DetailType: 'FailoverRequested',
      Detail: JSON.stringify({ ...detail, ...who }),
    },
  ]);
  await rehearsal.settled();
  let execution = await readDrillExecution(rehearsal, eventId);
  for (let asked = 0; execution.status === 'RUNNING' && asked < MAX_APPROVALS; asked += 1) {
    await approve(rehearsal, execution);
    await rehearsal.settled();
    execution = await readDrillExecution(rehearsal, eventId);
  }
  return execution;
}
