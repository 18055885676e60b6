import type {
  DescribeStackResourcesInput,
  DescribeStackResourcesOutput,
  DescribeStacksInput,
  DescribeStacksOutput,
  ListStackResourcesInput,
  ListStackResourcesOutput,
  ListStacksInput,
  ListStacksOutput,
  StackStatus,
} from '@aws-sdk/client-cloudformation';
import { AwsError } from '../../core/aws-error.ts';
import type { Clock } from '../../core/clock.ts';
import { pageOf } from '../../core/page-of.ts';
import type { Service } from '../../core/service.ts';
import type { App, StackResource } from '../../template/app.ts';

const STATUS: StackStatus = 'CREATE_COMPLETE';
const PAGE_LENGTH = 100;

/** What CloudFormation tells of; the app is asked for each time, since a change in the template makes a new one. */
export interface CloudFormationSetting {
  readonly clock: Clock;
  readonly app: () => App;
}

/** Makes the reading half of AWS CloudFormation: the app as one stack. */
export function createCloudFormation({ clock, app }: CloudFormationSetting): {
  readonly service: Service;
} {
  const createdAt = clock.now();
  const stack = (): Stack => ({ app: app(), createdAt });
  return {
    service: {
      name: 'cloudformation',
      client: '@aws-sdk/client-cloudformation',
      actions: {
        DescribeStacks: (input: DescribeStacksInput) => describeStacks(stack(), input),
        ListStacks: (input: ListStacksInput) => listStacks(stack(), input),
        DescribeStackResources: (input: DescribeStackResourcesInput) =>
          describeStackResources(stack(), input),
        ListStackResources: (input: ListStackResourcesInput) => listStackResources(stack(), input),
      },
    },
  };
}

interface Stack {
  readonly app: App;
  readonly createdAt: Date;
}

function describeStacks(stack: Stack, { StackName }: DescribeStacksInput): DescribeStacksOutput {
  const { app, createdAt } = stack;
  if (StackName !== undefined) checkName(stack, StackName);
  return {
    Stacks: [
      {
        StackId: stack.app.stackId,
        StackName: app.stackName,
        CreationTime: createdAt,
        StackStatus: STATUS,
        Parameters: Object.entries(app.parameters).map(([ParameterKey, ParameterValue]) => ({
          ParameterKey,
          ParameterValue,
        })),
        Outputs: Object.entries(app.outputs).map(([OutputKey, OutputValue]) => ({
          OutputKey,
          OutputValue,
        })),
      },
    ],
  };
}

function listStacks(stack: Stack, { StackStatusFilter }: ListStacksInput): ListStacksOutput {
  if (StackStatusFilter !== undefined && !StackStatusFilter.includes(STATUS)) {
    return { StackSummaries: [] };
  }
  return {
    StackSummaries: [
      {
        StackId: stack.app.stackId,
        StackName: stack.app.stackName,
        CreationTime: stack.createdAt,
        StackStatus: STATUS,
      },
    ],
  };
}

function describeStackResources(
  stack: Stack,
  { StackName, LogicalResourceId, PhysicalResourceId }: DescribeStackResourcesInput,
): DescribeStackResourcesOutput {
  const { resources } = stack.app;
  if (StackName !== undefined) checkName(stack, StackName);
  else if (!resources.some(({ physicalId }) => physicalId === PhysicalResourceId)) {
    throw validationError(`Stack for ${PhysicalResourceId} does not exist`);
  }
  const chosen = resources.filter(
    ({ logicalId }) => LogicalResourceId === undefined || logicalId === LogicalResourceId,
  );
  if (chosen.length === 0 && LogicalResourceId !== undefined) {
    throw validationError(`Resource ${LogicalResourceId} does not exist for stack ${StackName}`);
  }
  return {
    // AWS: at most a hundred are described; ListStackResources pages through all.
    StackResources: chosen.slice(0, PAGE_LENGTH).map((resource) => ({
      StackId: stack.app.stackId,
      StackName: stack.app.stackName,
      Timestamp: stack.createdAt,
      ...resourceFields(resource),
    })),
  };
}

function listStackResources(
  stack: Stack,
  { StackName, NextToken }: ListStackResourcesInput,
): ListStackResourcesOutput {
  if (StackName === undefined) throw validationError('StackName is required');
  checkName(stack, StackName);
  const refusal = () => validationError('NextToken is not valid');
  const { members, next } = pageOf(stack.app.resources, PAGE_LENGTH, NextToken, refusal);
  return {
    StackResourceSummaries: members.map((resource) => ({
      LastUpdatedTimestamp: stack.createdAt,
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
    ResourceStatus: 'CREATE_COMPLETE' as const,
  };
}

function checkName(stack: Stack, nameOrId: string): void {
  if (nameOrId === stack.app.stackName || nameOrId === stack.app.stackId) return;
  throw validationError(`Stack with id ${nameOrId} does not exist`);
}

function validationError(message: string): AwsError {
  return new AwsError('ValidationError', message);
}
