import type {
  DescribeStackResourcesInput,
  DescribeStackResourcesOutput,
  DescribeStacksInput,
  DescribeStacksOutput,
  ListStackResourcesInput,
  ListStackResourcesOutput,
  ListStacksInput,
  ListStacksOutput,
} from '@aws-sdk/client-cloudformation';
import { AwsError } from '../../core/aws-error.ts';
import type { Clock } from '../../core/clock.ts';
import { pageOf } from '../../core/page-of.ts';
import { actions, type Service } from '../../core/service.ts';
import type { App } from '../../template/app.ts';

const STATUS: 'CREATE_COMPLETE' = 'CREATE_COMPLETE';
const PAGE_LENGTH = 100;

/** Options of CloudFormation; it asks for the app each time, since a change in the template makes a new one. */
export interface CloudFormationOptions {
  readonly clock: Clock;
  /** Undefined where there is no stack. */
  readonly app: () => App | undefined;
}

/** Makes the reading half of AWS CloudFormation: the app as one stack, with those nested in it. */
export function createCloudFormation({ clock, app }: CloudFormationOptions): {
  readonly service: Service;
} {
  const createdAt = clock.now();
  const stacks = (): readonly Stack[] => stacksOf(app(), createdAt);
  return {
    service: {
      name: 'cloudformation',
      client: '@aws-sdk/client-cloudformation',
      actions: actions({
        DescribeStacks: (input: DescribeStacksInput) => describeStacks(stacks(), input),
        ListStacks: (input: ListStacksInput) => listStacks(stacks(), input),
        DescribeStackResources: (input: DescribeStackResourcesInput) =>
          describeStackResources(stacks(), input),
        ListStackResources: (input: ListStackResourcesInput) => listStackResources(stacks(), input),
      }),
    },
  };
}

type StackResource = App['resources'][number];

/** A stack with the fields that every response has of it. */
interface Stack extends Pick<App, 'parameters' | 'outputs' | 'resources'> {
  readonly summary: StackSummaryFields;
}

interface StackSummaryFields {
  readonly StackId: string;
  readonly StackName: string;
  readonly CreationTime: Date;
  readonly StackStatus: typeof STATUS;
  readonly ParentId?: string;
  readonly RootId?: string;
}

function stacksOf(app: App | undefined, createdAt: Date): readonly Stack[] {
  if (app === undefined) return [];
  const { stackId: StackId, stackName, nestedStacks } = app;
  const common = { CreationTime: createdAt, StackStatus: STATUS };
  const root = {
    summary: { StackId, StackName: stackName, ...common },
    parameters: app.parameters,
    outputs: app.outputs,
  };
  const nested = nestedStacks.map(({ stackId, stackName: StackName, parentId, ...stack }) => ({
    summary: {
      StackId: stackId,
      StackName,
      ...common,
      ...(parentId !== undefined && { ParentId: parentId, RootId: rootOf(parentId, app) }),
    },
    parameters: stack.parameters,
    outputs: stack.outputs,
  }));
  return [root, ...nested].map((stack) => ({
    ...stack,
    resources: app.resources.filter(({ stackId }) => stackId === stack.summary.StackId),
  }));
}

/** The stack that is nested in no other, above or at a stack. */
function rootOf(stackId: string, app: App): string {
  const parentId = app.nestedStacks.find((stack) => stack.stackId === stackId)?.parentId;
  return parentId === undefined ? stackId : rootOf(parentId, app);
}

function describeStacks(
  stacks: readonly Stack[],
  { StackName }: DescribeStacksInput,
): DescribeStacksOutput {
  const chosen = StackName === undefined ? stacks : [stackNamed(stacks, StackName)];
  return {
    Stacks: chosen.map(({ summary, parameters, outputs }) => ({
      ...summary,
      Parameters: Object.entries(parameters).map(([ParameterKey, ParameterValue]) => ({
        ParameterKey,
        ParameterValue,
      })),
      Outputs: Object.entries(outputs).map(([OutputKey, OutputValue]) => ({
        OutputKey,
        OutputValue,
      })),
    })),
  };
}

function listStacks(
  stacks: readonly Stack[],
  { StackStatusFilter }: ListStacksInput,
): ListStacksOutput {
  if (StackStatusFilter !== undefined && !StackStatusFilter.includes(STATUS)) {
    return { StackSummaries: [] };
  }
  return { StackSummaries: stacks.map(({ summary }) => summary) };
}

function describeStackResources(
  stacks: readonly Stack[],
  { StackName, LogicalResourceId, PhysicalResourceId }: DescribeStackResourcesInput,
): DescribeStackResourcesOutput {
  const stack =
    StackName === undefined
      ? stacks.find(({ resources }) => hasPhysical(resources, PhysicalResourceId))
      : stackNamed(stacks, StackName);
  if (stack === undefined) throw validationError(`Stack for ${PhysicalResourceId} does not exist`);
  const chosen = stack.resources.filter(
    ({ logicalId }) => LogicalResourceId === undefined || logicalId === LogicalResourceId,
  );
  if (chosen.length === 0 && LogicalResourceId !== undefined) {
    throw validationError(`Resource ${LogicalResourceId} does not exist for stack ${StackName}`);
  }
  const { StackId, StackName: name, CreationTime } = stack.summary;
  return {
    // AWS: at most a hundred are described; ListStackResources pages through all.
    StackResources: chosen.slice(0, PAGE_LENGTH).map((resource) => ({
      StackId,
      StackName: name,
      Timestamp: CreationTime,
      ...resourceFields(resource),
    })),
  };
}

function hasPhysical(resources: readonly StackResource[], wanted: string | undefined): boolean {
  return resources.some(({ physicalId }) => physicalId === wanted);
}

function listStackResources(
  stacks: readonly Stack[],
  { StackName, NextToken }: ListStackResourcesInput,
): ListStackResourcesOutput {
  if (StackName === undefined) throw validationError('StackName is required');
  const { resources, summary } = stackNamed(stacks, StackName);
  const refusal = () => validationError('NextToken is not valid');
  const { members, next } = pageOf(resources, PAGE_LENGTH, NextToken, refusal);
  return {
    StackResourceSummaries: members.map((resource) => ({
      LastUpdatedTimestamp: summary.CreationTime,
      ...resourceFields(resource),
    })),
    ...(next !== undefined && { NextToken: next }),
  };
}

function resourceFields({ logicalId, physicalId, type }: StackResource) {
  return {
    LogicalResourceId: logicalId,
    PhysicalResourceId: physicalId,
    ResourceType: type,
    ResourceStatus: STATUS,
  };
}

function stackNamed(stacks: readonly Stack[], nameOrId: string): Stack {
  const found = stacks.find(({ summary: { StackName, StackId } }) =>
    [StackName, StackId].includes(nameOrId),
  );
  if (found !== undefined) return found;
  throw validationError(`Stack with id ${nameOrId} does not exist`);
}

function validationError(message: string): AwsError {
  return new AwsError('ValidationError', message);
}
