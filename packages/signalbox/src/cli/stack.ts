import {
  CloudFormationClient,
  ListStacksCommand,
  paginateListStackResources,
  type StackResourceSummary,
} from '@aws-sdk/client-cloudformation';
import { UserError } from '../core/user-error.ts';
import type { Session } from './session.ts';

/** The physical resources of the stack that a session talks to. */
export async function stackResources(session: Session): Promise<readonly StackResourceSummary[]> {
  const client = new CloudFormationClient(session.client);
  const stackName = session.stack ?? (await onlyStack(client));
  const resources: StackResourceSummary[] = [];
  for await (const page of paginateListStackResources({ client }, { StackName: stackName })) {
    resources.push(...(page.StackResourceSummaries ?? []));
  }
  return resources;
}

/** Physical ids of the stack's resources of one type, such as `AWS::Lambda::Function`. */
export async function physicalIds(session: Session, type: string): Promise<readonly string[]> {
  const resources = await stackResources(session);
  return resources.flatMap(({ ResourceType, PhysicalResourceId }) =>
    ResourceType === type && PhysicalResourceId !== undefined ? [PhysicalResourceId] : [],
  );
}

/**
 * Physical id of a resource named by its logical id, with or without the type's usual ending
 * (`SubmitOrder` for `SubmitOrderFunction`), or by its physical id.
 * @throws {UserError} When the stack has none, with the names that it has.
 */
export async function physicalId(session: Session, type: string, name: string): Promise<string> {
  const resources = (await stackResources(session)).filter((one) => one.ResourceType === type);
  const ending = type.split('::').at(-1) ?? '';
  const found = resources.find(
    (one) =>
      one.LogicalResourceId === name ||
      one.LogicalResourceId === `${name}${ending}` ||
      one.PhysicalResourceId === name ||
      one.PhysicalResourceId?.endsWith(`:${name}`),
  )?.PhysicalResourceId;
  if (found !== undefined) return found;
  const known = resources.map(({ LogicalResourceId = '' }) => shortName(LogicalResourceId, ending));
  const what = ending.toLowerCase();
  throw new UserError('not-found', `No ${what} "${name}" in the stack: it has ${known.join(', ')}`);
}

function shortName(logicalId: string, ending: string): string {
  return logicalId.endsWith(ending) ? logicalId.slice(0, -ending.length) : logicalId;
}

async function onlyStack(client: CloudFormationClient): Promise<string> {
  const { StackSummaries = [] } = await client.send(new ListStacksCommand({}));
  const [first, second] = StackSummaries;
  if (first?.StackName !== undefined && second === undefined) return first.StackName;
  throw new UserError('usage', 'More than one stack answers: name one with --stack');
}
