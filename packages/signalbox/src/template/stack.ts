import { createHash } from 'node:crypto';

/** The stack that the template is read as. */
export interface Stack {
  readonly stackName: string;
  readonly region: string;
  readonly accountId: string;
  /** The URL under which the rehearsal serves AWS's protocols, such as `http://127.0.0.1:4700`. */
  readonly endpoint: string;
  /** Sets its drawn names apart from those of the same stack in another Region, such as this one's name. */
  readonly namesApart?: string | undefined;
}

/** CloudFormation's limit of a stack's name. */
const MAX_STACK_NAME = 128;

/**
 * The stack that a parent's resource stands for, `<parent>-<LogicalId>-<suffix>` as CloudFormation
 * names it. CloudFormation draws the suffix; here it is the same at every start.
 */
export function nestedStackOf(parent: Stack, logicalId: string): Stack {
  const ending = `-${logicalId}-${stableDigits(parent, 8, logicalId).toUpperCase()}`;
  return {
    ...parent,
    stackName: `${parent.stackName.slice(0, MAX_STACK_NAME - ending.length)}${ending}`,
  };
}

/** The partition of a region, the second word of an ARN. */
export function partitionOf(region: string): string {
  if (region.startsWith('cn-')) return 'aws-cn';
  return region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
}

/** Writes an ARN in the stack's region and account. */
export function arnOf(stack: Stack, service: string, resource: string): string {
  return `arn:${partitionOf(stack.region)}:${service}:${stack.region}:${stack.accountId}:${resource}`;
}

/** Writes the ARN of a global service such as IAM, which names no region. */
export function globalArnOf(stack: Stack, service: string, resource: string): string {
  return `arn:${partitionOf(stack.region)}:${service}::${stack.accountId}:${resource}`;
}

/**
 * Lower-case hexadecimal digits, at most 64, that stay the same for the same stack and words: what
 * AWS draws at random, but a rehearsal must find again after a restart.
 */
export function stableDigits(stack: Stack, length: number, ...words: readonly string[]): string {
  const apart = stack.namesApart === undefined ? [] : [stack.namesApart];
  return createHash('sha256')
    .update(JSON.stringify([stack.accountId, stack.stackName, ...apart, ...words]))
    .digest('hex')
    .slice(0, length);
}

/** A UUID that stays the same for the same stack and words. */
export function stableUuid(stack: Stack, ...words: readonly string[]): string {
  const digits = stableDigits(stack, 32, ...words);
  const part = (from: number, to: number) => digits.slice(from, to);
  return `${part(0, 8)}-${part(8, 12)}-4${part(13, 16)}-a${part(17, 20)}-${part(20, 32)}`;
}
