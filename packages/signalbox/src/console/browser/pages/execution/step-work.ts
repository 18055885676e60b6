import type { Step } from '../../../../history/steps/step.ts';
import type { StepLogs } from '../../../server/function-logs.ts';
import type { ServiceCallMade } from '../../../server/step-work.ts';
import { ask } from '../../api/call.ts';
import { readJson } from '../../parts/format.ts';

/** What functions did in a step. */
export interface StepWorkAnswer extends StepLogs {
  readonly calls: readonly ServiceCallMade[];
}

/** Asks for the logs and calls of a step: of its last attempt, since attempts have the same parameters. */
export function askStepWork(executionArn: string, step: Step): Promise<StepWorkAnswer> {
  const [first] = step.attempts;
  const last = step.attempts.at(-1);
  const parameters = last?.parameters ?? '{}';
  return ask<StepWorkAnswer>('work', {
    executionArn,
    stateName: step.name,
    parameters,
    functionName: functionOf(step),
    fromMs: first?.startedMs ?? step.enteredMs,
    toMs: last?.endedMs ?? step.exitedMs ?? step.enteredMs,
    requestId: requestIdIn(last?.output),
  });
}

/** The function that a step calls; undefined where it calls another service. */
export function functionOf({ attempts }: Step): string | undefined {
  const [attempt] = attempts;
  if (attempt === undefined) return undefined;
  const parameters = readJson(attempt.parameters);
  if (typeof parameters === 'object' && parameters !== null && 'FunctionName' in parameters) {
    return String(parameters['FunctionName']);
  }
  return attempt.resource?.includes(':') === true ? undefined : attempt.resource;
}

function requestIdIn(output: string | undefined): string | undefined {
  return /"SdkResponseMetadata":\{"RequestId":"([^"]+)"/.exec(output ?? '')?.[1];
}
