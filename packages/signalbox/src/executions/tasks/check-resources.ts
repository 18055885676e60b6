import type { Problem } from '../../core/result.ts';
import type { ResourceUse } from '../../states-language/resources.ts';
import type { TaskResource } from '../../states-language/task/resource.ts';
import { findIntegration, isHttpTask } from './integrations.ts';

/** The resources that a machine's tasks are checked against. */
export interface ResourceRules {
  readonly type: 'STANDARD' | 'EXPRESS';
  /** Whether HTTP Tasks have a way out. */
  readonly hasHttp?: boolean;
}

/** Checks that AWS has what every Task calls. */
export function checkResources(
  uses: readonly ResourceUse[],
  rules: ResourceRules,
): readonly Problem[] {
  return uses.flatMap(({ resource, path }) => {
    const isOfMap = /\.(ItemReader|ResultWriter)\.Resource$/.test(path);
    const isRight = resource.kind !== 'service' || isOfMap === (resource.resourceType === 's3');
    const message = isRight ? check(resource, rules) : notRecognized(resource.text);
    return message === undefined ? [] : [{ message, path }];
  });
}

function check(
  resource: TaskResource,
  { type, hasHttp = false }: ResourceRules,
): string | undefined {
  const { text } = resource;
  const express = type === 'EXPRESS';
  if (resource.kind === 'activity') {
    return express ? 'Express state machine does not support Activity ARN' : undefined;
  }
  if (resource.kind === 'service' && express && resource.pattern !== 'requestResponse') {
    // AWS's own words, the last space of the second included (recorded: TestSnfApiExpress).
    return resource.pattern === 'sync'
      ? "Express state machine does not support '.sync' service integration"
      : "Express state machine does not support '.waitForTaskToken' service integration ";
  }
  if (isHttpTask(resource)) return hasHttp ? undefined : notRecognized(text);
  // What AWS has and the rehearsal does not serve fails when it is called.
  const isKnown = resource.kind === 'lambda' || findIntegration(resource) !== undefined;
  return isKnown ? undefined : notRecognized(text);
}

function notRecognized(text: string): string {
  return `The resource provided ${text} is not recognized. The value is not a valid resource ARN, or the resource is not available in this region.`;
}
