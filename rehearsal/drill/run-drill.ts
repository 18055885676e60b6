import { SFNClient } from '@aws-sdk/client-sfn';
import { type App, UserError } from 'signalbox';
import { createRuntime } from '../../packages/signalbox/src/runtime/runtime.ts';
import { createCallLog } from '../../packages/signalbox/src/scenarios/call-log.ts';
import { putEntries } from '../../packages/signalbox/src/scenarios/put-entries.ts';
import { readExecutions } from '../../packages/signalbox/src/scenarios/read-executions.ts';
import type { ExecutionResult } from '../../packages/signalbox/src/scenarios/scenario-result.ts';
import { seedWorld } from '../../packages/signalbox/src/scenarios/seed-world.ts';
import { changeSettings } from '../../packages/signalbox/src/scenarios/settings.ts';
import type { Stage } from '../../packages/signalbox/src/scenarios/stage.ts';
import { stageOf } from '../../packages/signalbox/src/scenarios/stage-of.ts';
import { startFault } from '../../packages/signalbox/src/scenarios/start-fault.ts';
import { decideApproval } from '../scenarios/decide-approval.ts';
import { keepCalls, rolesOf } from './count-calls.ts';
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
  say: (line: string) => void,
): Promise<DrillResult> {
  const { root, time } = request;
  const calls = createCallLog();
  const runtime = await createRuntime({ root, time, port: 0, say, onCall: calls.onCall });
  try {
    const stage = stageOf(runtime, calls);
    await seedWorld(root, stage);
    return await drillOn(stage, runtime.app(), request);
  } finally {
    await runtime.close();
  }
}

async function drillOn(stage: Stage, app: App, request: DrillRequest): Promise<DrillResult> {
  const { scenario, mode, kind, broken } = request;
  const ranAt = new Date().toISOString();
  // What is broken on purpose must not start a failover of its own, which would lock this one out.
  await changeSettings(stage, { AutomaticFailover: 'disabled' });
  for (const aim of broken) startFault(stage, aim);
  const kept = keepCalls(stage);
  const failoverId = `drill-${ranAt.replaceAll(/\D/g, '').slice(0, 14)}`;
  const execution = await play(stage, request, failoverId);
  const failover = await readFailover(stage, failoverId, execution);
  return {
    version: 1,
    ...{ ranAt, scenario, mode, kind, broken: [...broken], failoverId },
    executionArn: execution.executionArn,
    status: execution.status,
    ...failover,
    calls: kept.countOf(rolesOf(app, execution.executionArn)),
  };
}

/** Asks for the drill, and answers each approval that it asks for. */
async function play(
  stage: Stage,
  { scenario, mode, kind }: DrillRequest,
  requestId: string,
): Promise<ExecutionResult> {
  const detail = { version: 1, scenario, mode, kind, requestId };
  const who = { reason: 'A game day, run by hand', requestedBy: 'signalbox drill' };
  const [eventId] = await putEntries(stage, [
    {
      EventBusName: stage.physicalId('OperationsBus'),
      Source: 'signalbox.dr',
      DetailType: 'FailoverRequested',
      Detail: JSON.stringify({ ...detail, ...who }),
    },
  ]);
  await stage.settled();
  const arns = typeof eventId === 'string' ? stage.eventOf(eventId).executionArns : [];
  let execution = await readOne(stage, arns);
  for (let asked = 0; execution.status === 'RUNNING' && asked < MAX_APPROVALS; asked += 1) {
    await decideApproval(stage, execution, 'approve', 'A game day approves itself');
    await stage.settled();
    execution = await readOne(stage, arns);
  }
  return execution;
}

async function readOne(stage: Stage, arns: readonly string[]): Promise<ExecutionResult> {
  const client = new SFNClient(stage.client);
  const [execution] = await readExecutions(client, (arn) => arns.includes(arn));
  if (execution !== undefined) return execution;
  throw new UserError(
    'invalid',
    'No rule starts an execution for FailoverRequested: "signalbox event ls" of a rehearsal tells why',
  );
}
