import type { JsonObject } from '../../core/json.ts';
import { isJsonObject } from '../../core/json.ts';
import type { Ports } from '../ports.ts';
import { record } from '../run.ts';
import type { TaskFailure, TaskResult } from '../task-result.ts';
import { recordAttempt } from './record-attempt.ts';
import type { TaskResource } from './resource.ts';
import type { TaskCall } from './task-call.ts';
import { type Work, withinLimits } from './within-limits.ts';

type ServiceResource = Extract<TaskResource, { kind: 'service' }>;

/**
 * Calls a service integration by its pattern: for the response, for the job's end, or for a
 * token.
 */
export async function performService(
  call: TaskCall,
  service: ServiceResource,
): Promise<TaskResult | 'aborted'> {
  const { visit, limits, past } = call;
  const { run } = visit;
  const { resourceType, resource } = service;
  if (past === undefined) recordScheduled(call, service);
  const awaited = service.pattern === 'waitForTaskToken';
  const given = { ...limits, awaited, taskName: resourceType, since: past?.scheduledAt };
  const end = await withinLimits(run, given, (work) => callService(call, service, work));
  return recordAttempt(run, end, {
    succeeded: (output) => ({ type: 'TaskSucceeded', resourceType, resource, output }),
    failed: (failure, stage) => ({
      type: failedType(stage),
      resourceType,
      resource,
      ...failure,
    }),
    timedOut: (failure) => ({ type: 'TaskTimedOut', resourceType, resource, ...failure }),
  });
}

function recordScheduled(
  { visit: { run }, request, limits }: TaskCall,
  { resourceType, resource }: ServiceResource,
): void {
  record(run, {
    type: 'TaskScheduled',
    resourceType,
    resource,
    region: regionOf(run.ports),
    parameters: request.parameters,
    timeoutInSeconds: limits.timeoutSeconds,
    heartbeatInSeconds: limits.heartbeatSeconds,
    taskCredentials: request.roleArn === undefined ? undefined : { roleArn: request.roleArn },
  });
  record(run, { type: 'TaskStarted', resourceType, resource });
}

async function callService(
  { visit, request, past }: TaskCall,
  { pattern, resourceType, resource }: ServiceResource,
  { signal, heartbeat }: Work,
): Promise<TaskResult> {
  const { run } = visit;
  const { ports } = run;
  if (pattern === 'requestResponse') return ports.invoke(request, signal);
  // The result for the token may come before the call that hands it out returns.
  const byToken =
    request.taskToken === undefined
      ? undefined
      : ports.awaitToken(request.taskToken, heartbeat, signal);
  // Once the call fails, nobody waits for the token's result, so its failure is dropped.
  byToken?.catch(() => undefined);
  let output = past?.submitted;
  if (output === undefined) {
    const submitted = await ports.invoke(request, signal);
    if (submitted.kind === 'failed' || signal.aborted) return submitted;
    output = submitted.output;
    record(run, { type: 'TaskSubmitted', resourceType, resource, output });
  }
  if (byToken !== undefined && pattern === 'waitForTaskToken') return byToken;
  const byJob = ports.awaitJob(request, output, signal);
  return byToken === undefined ? byJob : Promise.race([byToken, byJob]);
}

function failedType(
  stage: TaskFailure['stage'],
): 'TaskFailed' | 'TaskStartFailed' | 'TaskSubmitFailed' {
  switch (stage) {
    case 'start':
      return 'TaskStartFailed';
    case 'submit':
      return 'TaskSubmitFailed';
    default:
      return 'TaskFailed';
  }
}

/** The execution's region, out of its ARN. */
function regionOf(ports: Ports): string {
  const execution: JsonObject | undefined = isJsonObject(ports.context['Execution'])
    ? ports.context['Execution']
    : undefined;
  const arn = execution?.['Id'];
  return (typeof arn === 'string' ? arn.split(':')[3] : undefined) ?? '';
}
