import type { DescribeExecutionOutput } from '@aws-sdk/client-sfn';
import { isJsonObject, parseJson } from '../../core/json.ts';

/**
 * Tells what started an execution, as far as its name and input say: another execution, a Map Run, a
 * fork, or an event with its source, type and id.
 */
export function startedBy(execution: Partial<DescribeExecutionOutput>): string {
  const { name = '', input = '', mapRunArn, stateMachineAliasArn } = execution;
  const alias = stateMachineAliasArn === undefined ? '' : ` ${stateMachineAliasArn}`;
  if (mapRunArn !== undefined) return `map-run ${mapRunArn}`;
  const [, repeated, original] = /^(fork|again)-of-(.+)-[0-9a-z]{6}$/.exec(name) ?? [];
  if (repeated !== undefined) return `${repeated} ${original}${alias}`;
  const value = parseJson(input);
  if (!isJsonObject(value)) return `call${alias}`;
  const parent = value['AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID'];
  if (typeof parent === 'string') return `execution ${parent}${alias}`;
  const { id, source, 'detail-type': type } = value;
  return typeof type === 'string' && typeof id === 'string'
    ? `event ${String(source)} ${type} ${id}${alias}`
    : `call${alias}`;
}
