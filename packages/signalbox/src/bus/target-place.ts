import type { AccountRegion } from '../core/account-region.ts';
import { AwsError } from '../core/aws-error.ts';
import { isElsewhere, placeOfArn } from '../core/in-region.ts';

const EVENT_BUS_ARN = /^arn:[^:]*:events:[^:]*:[^:]*:event-bus\//;

/** Returns whether an ARN is an event bus's. */
export function isBusArn(arn: string): boolean {
  return EVENT_BUS_ARN.test(arn);
}

/** Returns whether an ARN names this Region and account, or none. */
export function isHere(arn: string, here: AccountRegion): boolean {
  const { region, accountId } = placeOfArn(arn);
  return (region === '' || region === here.region) && accountId === here.accountId;
}

/**
 * Says why a rule may not have a target: only a bus may be in another Region (EventBridge User Guide, "Sending and
 * receiving events between AWS Regions"). Undefined where it may.
 */
export function misplacedTarget(arn: string, { region }: AccountRegion): AwsError | undefined {
  if (!isElsewhere(arn, region) || isBusArn(arn)) return undefined;
  return new AwsError(
    'AccessDeniedException',
    `Access to the resource ${arn} is denied. Reason: Adding cross-region target is not permitted.`,
  );
}

/** Says that a bus of another Region takes events by a role alone; undefined where one is given, or none is needed. */
export function missingRole(
  { arn, roleArn }: { readonly arn: string; readonly roleArn?: string | undefined },
  { region }: AccountRegion,
): AwsError | undefined {
  if (roleArn !== undefined || !isBusArn(arn) || !isElsewhere(arn, region)) return undefined;
  return new AwsError('ValidationException', `RoleArn is required for target ${arn}.`);
}

/** AWS: a rule and the dead-letter queue of its target are in one Region; the sentence is ours. */
export function misplacedDeadLetters(
  arn: string | undefined,
  { region }: AccountRegion,
): AwsError | undefined {
  if (arn === undefined || !isElsewhere(arn, region)) return undefined;
  return new AwsError(
    'ValidationException',
    `Parameter DeadLetterConfig.Arn is not valid. Reason: ${arn} is not in the Region of the rule, ${region}.`,
  );
}
