import type { AccountRegion } from '../core/account-region.ts';
import { invalidArn } from './refusals.ts';

/** The kinds of resources that Step Functions' ARNs name. */
export type ArnKind = 'stateMachine' | 'execution' | 'express' | 'activity' | 'mapRun';

/** Writes the ARN of a Step Functions resource, such as `…:execution:orders:order-1`. */
export function statesArn(
  { region, accountId }: AccountRegion,
  kind: ArnKind,
  ...names: string[]
): string {
  return `arn:aws:states:${region}:${accountId}:${kind}:${names.join(':')}`;
}

/** Checks that an ARN names one of the kinds. @throws {AwsError} `InvalidArn`, as AWS words it. */
export function checkArn(arn: string, ...kinds: readonly ArnKind[]): void {
  if (!arn.startsWith('arn:')) throw invalidArn(`Invalid ARN prefix: ${arn}`);
  const [, , service = '', , , kind = '', name = ''] = arn.split(':');
  if (service !== 'states' || name === '') throw invalidArn(`Invalid ARN: ${arn}`);
  if (!kinds.some((allowed) => allowed === kind)) {
    throw invalidArn(`Resource type not valid in this context: ${kind}`);
  }
}
