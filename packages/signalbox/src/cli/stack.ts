import {
  CloudFormationClient,
  ListStacksCommand,
  paginateListStackResources,
  type StackResourceSummary,
} from '@aws-sdk/client-cloudformation';
import { type LogicalName, resourceNamed } from '../core/logical-name.ts';
import type { StackPlace } from '../core/stack-place.ts';
import { UserError } from '../core/user-error.ts';

const NESTED = 'AWS::CloudFormation::Stack';

/** A resource of a stack, or of one that is nested in it. */
export interface ListedResource extends LogicalName {
  readonly type: string;
  /** Undefined while it is not yet made. */
  readonly physicalId: string | undefined;
}

/** The resources of a stack, and of the stacks nested in it. */
export async function stackResources(place: StackPlace): Promise<readonly ListedResource[]> {
  const client = new CloudFormationClient(place.client);
  return await resourcesOf(client, place.stack ?? (await onlyStack(client)), []);
}

async function resourcesOf(
  client: CloudFormationClient,
  stack: string,
  parents: readonly string[],
): Promise<readonly ListedResource[]> {
  const own: ListedResource[] = [];
  for await (const page of paginateListStackResources({ client }, { StackName: stack })) {
    own.push(...(page.StackResourceSummaries ?? []).map((summary) => listed(summary, parents)));
  }
  const nested: ListedResource[] = [];
  for (const { type, physicalId, logicalId } of own) {
    if (type !== NESTED || physicalId === undefined) continue;
    nested.push(...(await resourcesOf(client, physicalId, [...parents, logicalId])));
  }
  return [...own, ...nested];
}

function listed(
  { LogicalResourceId = '', ResourceType = '', PhysicalResourceId }: StackResourceSummary,
  parents: readonly string[],
): ListedResource {
  const path = [...parents, LogicalResourceId].join('/');
  return { logicalId: LogicalResourceId, path, type: ResourceType, physicalId: PhysicalResourceId };
}

/** Physical ids of the stack's resources of one type, such as `AWS::Lambda::Function`. */
export async function physicalIds(place: StackPlace, type: string): Promise<readonly string[]> {
  const resources = await stackResources(place);
  return resources.flatMap((one) =>
    one.type === type && one.physicalId !== undefined ? [one.physicalId] : [],
  );
}

/**
 * Finds the physical id of a resource of the stack that a command talks to.
 * @param place The stack, such as a command's session.
 * @param type The resource's type, such as `AWS::Lambda::Function`.
 * @param name Its logical id or its path, such as `Orders/Submit`, with or without the type's usual
 * ending (`Submit` for `SubmitFunction`), or its physical id.
 * @returns The physical id.
 * @throws {UserError} When the stack has none, with the names that it has, or several.
 * @example
 * const queueUrl = await physicalId(session, 'AWS::SQS::Queue', 'Letters');
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ListStackResources.html
 */
export async function physicalId(place: StackPlace, type: string, name: string): Promise<string> {
  const resources = (await stackResources(place)).filter((one) => one.type === type);
  const ending = type.split('::').at(-1) ?? '';
  const found =
    resourceNamed(resources, name) ??
    resourceNamed(resources, `${name}${ending}`) ??
    resources.find((one) => one.physicalId === name || one.physicalId?.endsWith(`:${name}`));
  if (found?.physicalId !== undefined) return found.physicalId;
  const known = resources.map(({ logicalId }) => shortName(logicalId, ending));
  const what = ending.toLowerCase();
  throw new UserError('not-found', `No ${what} "${name}" in the stack: it has ${known.join(', ')}`);
}

/** A logical id without the usual ending of its type, such as `Submit` of `SubmitFunction`. */
export function shortName(logicalId: string, ending: string): string {
  return logicalId.endsWith(ending) ? logicalId.slice(0, -ending.length) : logicalId;
}

async function onlyStack(client: CloudFormationClient): Promise<string> {
  const { StackSummaries = [] } = await client.send(new ListStacksCommand({}));
  const [first, second] = StackSummaries.filter(({ ParentId }) => ParentId === undefined);
  if (first?.StackName !== undefined && second === undefined) return first.StackName;
  throw new UserError('usage', 'More than one stack is there: name one with --stack');
}
