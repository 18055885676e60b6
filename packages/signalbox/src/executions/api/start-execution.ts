import type {
  StartExecutionInput,
  StartExecutionOutput,
  StartSyncExecutionInput,
  StartSyncExecutionOutput,
} from '@aws-sdk/client-sfn';
import type { Json } from '../../core/json.ts';
import type { Caller } from '../../core/service.ts';
import type { ExecutionHeader } from '../../history/store.ts';
import { statesArn } from '../arns.ts';
import { readJsonText } from '../definition.ts';
import { describeExecution } from '../execution-description.ts';
import { requireEndingLoop } from '../lineage-of.ts';
import { checkDataSize, checkLength, checkName, required } from '../members.ts';
import type { MockedExecution } from '../mocks/mock-config.ts';
import { mockedExecution, splitTestCase } from '../mocks/started-mock.ts';
import {
  executionAlreadyExists,
  executionLimitExceeded,
  invalidExecutionInput,
  stateMachineTypeNotSupported,
} from '../refusals.ts';
import { type StartTarget, startTarget } from '../start-target.ts';
import type { StatesContext } from '../states-context.ts';

/** AWS: Express workflows, "maximum duration of five minutes". */
const EXPRESS_TIMEOUT_SECONDS = 300;

/** AWS: Express workflows are billed for 64 MB chunks of memory and 100 ms steps of time. */
const BILLED_MEMORY_MB = 64;
const BILLED_STEP_MS = 100;

/** StartExecution: by name it is idempotent as long as the execution runs. AWS: API_StartExecution. */
export function startExecution(
  context: StatesContext,
  input: StartExecutionInput,
  caller: Caller,
): StartExecutionOutput {
  const { target, name, text, value, mocked } = readStart(context, input);
  const traceHeader = input.traceHeader ?? caller.traceHeader;
  const { machine } = target;
  requireEndingLoop(traceHeader, machine.arn, context.recursions);
  if (machine.type === 'STANDARD') {
    const executionArn = statesArn(context, 'execution', machine.name, name);
    const existing = context.store.find(executionArn);
    if (existing !== undefined) {
      const isSame = existing.summary.status === 'RUNNING' && existing.header.input === text;
      if (!isSame) throw executionAlreadyExists(executionArn);
      return { executionArn, startDate: new Date(existing.header.startDate) };
    }
  }
  const header = headerOf(context, target, { name, text, traceHeader, mocked });
  start(context, target, header, value);
  return { executionArn: header.executionArn, startDate: new Date(header.startDate) };
}

/** StartSyncExecution: returns when the Express execution has ended. */
export async function startSyncExecution(
  context: StatesContext,
  input: StartSyncExecutionInput,
  caller: Caller,
): Promise<StartSyncExecutionOutput> {
  const { target, name, text, value, mocked } = readStart(context, input);
  const traceHeader = input.traceHeader ?? caller.traceHeader;
  if (target.machine.type !== 'EXPRESS') throw stateMachineTypeNotSupported();
  requireEndingLoop(traceHeader, target.machine.arn, context.recursions);
  const header = {
    ...headerOf(context, target, { name, text, traceHeader, mocked }),
    isSync: true,
  };
  start(context, target, header, value);
  const ended = await context.runner.ended(header.executionArn);
  const {
    redriveCount: _c,
    redriveStatus: _s,
    redriveStatusReason: _r,
    ...described
  } = describeExecution(ended, context.clock.now());
  const { startDate, stopDate } = described;
  const durationMs = (stopDate?.getTime() ?? 0) - (startDate?.getTime() ?? 0);
  const steps = Math.max(1, Math.ceil(durationMs / BILLED_STEP_MS));
  const billedDurationInMilliseconds = steps * BILLED_STEP_MS;
  return {
    outputDetails: { included: true },
    ...described,
    // DescribeExecution leaves it out.
    ...(ended.summary.status === 'TIMED_OUT' ? { error: ended.summary.error } : {}),
    executionArn: header.executionArn,
    startDate,
    stopDate,
    status: ended.summary.status === 'ABORTED' ? 'FAILED' : syncStatus(ended.summary.status),
    billingDetails: { billedMemoryUsedInMB: BILLED_MEMORY_MB, billedDurationInMilliseconds },
  };
}

interface StartRequest {
  readonly target: StartTarget;
  readonly name: string;
  readonly text: string;
  readonly value: Json;
  readonly mocked: MockedExecution | undefined;
}

function readStart(context: StatesContext, input: StartExecutionInput): StartRequest {
  const { arn, testCase } = splitTestCase(required('stateMachineArn', input.stateMachineArn));
  // The constraints of the model come before anything else (AWS checks them first).
  const name = input.name ?? context.uuid();
  const text = input.input ?? '{}';
  checkLength('name', name, 80);
  checkDataSize('input', text);
  const target = startTarget(context, arn);
  const mocked = mockedExecution(context.mocks, target.machine.name, testCase);
  checkName(name);
  if (text.trim() === '') throw invalidExecutionInput('Invalid execution input.');
  const read = readJsonText(text);
  if (!read.ok) {
    throw invalidExecutionInput(read.problems.map(({ message }) => message).join(', '));
  }
  return { target, name, text, value: read.value, mocked };
}

function headerOf(
  context: StatesContext,
  { machine, ...startedBy }: StartTarget,
  given: Pick<StartRequest, 'name' | 'text' | 'mocked'> & {
    readonly traceHeader: string | undefined;
  },
): ExecutionHeader {
  const { type, name: stateMachineName, arn: stateMachineArn, roleArn, definition } = machine;
  const { name, text, traceHeader, mocked } = given;
  const executionArn =
    type === 'STANDARD'
      ? statesArn(context, 'execution', stateMachineName, name)
      : statesArn(context, 'express', stateMachineName, name, context.uuid());
  const startDate = context.clock.now().toISOString();
  const names = { executionArn, name, stateMachineArn, stateMachineName };
  return {
    ...names,
    type,
    roleArn,
    definition,
    input: text,
    startDate,
    traceHeader,
    mocked,
    ...startedBy,
  };
}

function start(
  { runner, openExecutions }: StatesContext,
  { machine: { type, machine } }: StartTarget,
  header: ExecutionHeader,
  value: Json,
): void {
  if (runner.openCount() >= openExecutions) throw executionLimitExceeded();
  const timeoutSeconds = Math.min(
    machine.timeoutSeconds ?? EXPRESS_TIMEOUT_SECONDS,
    EXPRESS_TIMEOUT_SECONDS,
  );
  runner.start(header, type === 'EXPRESS' ? { ...machine, timeoutSeconds } : machine, value);
}

function syncStatus(status: string): 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' {
  return status === 'SUCCEEDED' || status === 'TIMED_OUT' ? status : 'FAILED';
}
