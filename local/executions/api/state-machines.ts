import { isDeepStrictEqual } from 'node:util';
import type {
  CreateStateMachineInput,
  CreateStateMachineOutput,
  DeleteStateMachineInput,
  DeleteStateMachineOutput,
  DescribeStateMachineForExecutionInput,
  DescribeStateMachineForExecutionOutput,
  DescribeStateMachineInput,
  DescribeStateMachineOutput,
  ListStateMachinesInput,
  ListStateMachinesOutput,
  UpdateStateMachineInput,
  UpdateStateMachineOutput,
} from '@aws-sdk/client-sfn';
import { AwsError } from '../../aws-error.ts';
import { checkArn, statesArn } from '../arns.ts';
import { acceptDefinition } from '../definition.ts';
import { checkName, required } from '../members.ts';
import { page } from '../paging.ts';
import { stateMachineAlreadyExists } from '../refusals.ts';
import { type MachineRecord, NO_LOGGING, NO_TRACING } from '../state-machines.ts';
import type { StatesContext } from '../states-context.ts';
import { findExecution } from './executions.ts';

/** CreateStateMachine: idempotent where all that matters is the same. AWS: API_CreateStateMachine. */
export function createStateMachine(
  context: StatesContext,
  input: CreateStateMachineInput,
): CreateStateMachineOutput {
  const name = required('name', input.name);
  const definition = required('definition', input.definition);
  const roleArn = required('roleArn', input.roleArn);
  checkName(name);
  refuseVersions(input);
  const type = input.type ?? 'STANDARD';
  const arn = statesArn(context, 'stateMachine', name);
  const machine: MachineRecord = {
    arn,
    name,
    type,
    roleArn,
    definition,
    machine: acceptDefinition(definition, context.rulesFor(type)),
    creationDate: context.clock.now(),
    revisionId: undefined,
    loggingConfiguration: input.loggingConfiguration ?? NO_LOGGING,
    tracingConfiguration: input.tracingConfiguration ?? NO_TRACING,
  };
  const existing = context.machines.find(arn);
  if (existing !== undefined) {
    if (!isDeepStrictEqual(identityOf(existing), identityOf(machine))) {
      throw stateMachineAlreadyExists(arn);
    }
    return { stateMachineArn: arn, creationDate: existing.creationDate };
  }
  context.machines.put(machine);
  context.tags.set(arn, input.tags ?? []);
  return { stateMachineArn: arn, creationDate: machine.creationDate };
}

/** AWS: the role and the tags are left out of the comparison. */
function identityOf(machine: MachineRecord): object {
  const { name, type, definition, loggingConfiguration, tracingConfiguration } = machine;
  return { name, type, definition, loggingConfiguration, tracingConfiguration };
}

/** UpdateStateMachine: executions that run keep what they started with. */
export function updateStateMachine(
  context: StatesContext,
  input: UpdateStateMachineInput,
): UpdateStateMachineOutput {
  const current = context.machines.get(required('stateMachineArn', input.stateMachineArn));
  const { definition, roleArn, loggingConfiguration, tracingConfiguration } = input;
  refuseVersions(input);
  if ([definition, roleArn, loggingConfiguration, tracingConfiguration].every(isUndefined)) {
    throw new AwsError(
      'MissingRequiredParameter',
      'Either the definition, the role ARN, the LoggingConfiguration, or the TracingConfiguration must be specified',
    );
  }
  const revisionId = context.uuid();
  context.machines.put({
    ...current,
    definition: definition ?? current.definition,
    machine:
      definition === undefined
        ? current.machine
        : acceptDefinition(definition, context.rulesFor(current.type)),
    roleArn: roleArn ?? current.roleArn,
    loggingConfiguration: loggingConfiguration ?? current.loggingConfiguration,
    tracingConfiguration: tracingConfiguration ?? current.tracingConfiguration,
    revisionId,
  });
  return { updateDate: context.clock.now(), revisionId };
}

function isUndefined(value: unknown): boolean {
  return value === undefined;
}

/** Versions are not rehearsed yet: what asks for one is refused. */
function refuseVersions(input: {
  readonly publish?: boolean | undefined;
  readonly versionDescription?: string | undefined;
}): void {
  if (input.publish === true) {
    throw new AwsError(
      'ValidationException',
      'The rehearsal has no versions: publish must be false',
    );
  }
  if (input.versionDescription !== undefined) {
    throw new AwsError(
      'ValidationException',
      'Version description can only be set when publish is true',
    );
  }
}

/** DeleteStateMachine: executions that run go on to their end. */
export function deleteStateMachine(
  { machines, tags }: StatesContext,
  input: DeleteStateMachineInput,
): DeleteStateMachineOutput {
  const arn = required('stateMachineArn', input.stateMachineArn);
  checkArn(arn, 'stateMachine');
  machines.remove(arn);
  tags.clear(arn);
  return {};
}

/** DescribeStateMachine. */
export function describeStateMachine(
  { machines }: StatesContext,
  input: DescribeStateMachineInput,
): DescribeStateMachineOutput {
  const machine = machines.get(required('stateMachineArn', input.stateMachineArn));
  return {
    stateMachineArn: machine.arn,
    name: machine.name,
    status: 'ACTIVE',
    definition: machine.definition,
    roleArn: machine.roleArn,
    type: machine.type,
    creationDate: machine.creationDate,
    loggingConfiguration: machine.loggingConfiguration,
    tracingConfiguration: machine.tracingConfiguration,
    ...(machine.revisionId === undefined ? {} : { revisionId: machine.revisionId }),
  };
}

/** DescribeStateMachineForExecution: the machine as it was when the execution started. */
export function describeStateMachineForExecution(
  context: StatesContext,
  input: DescribeStateMachineForExecutionInput,
): DescribeStateMachineForExecutionOutput {
  const { header } = findExecution(context, input.executionArn);
  const current = context.machines.find(header.stateMachineArn);
  return {
    stateMachineArn: header.stateMachineArn,
    name: header.stateMachineName,
    definition: header.definition,
    roleArn: header.roleArn,
    updateDate: current?.creationDate ?? new Date(header.startDate),
    loggingConfiguration: current?.loggingConfiguration ?? NO_LOGGING,
    tracingConfiguration: current?.tracingConfiguration ?? NO_TRACING,
    ...(header.mapRunArn === undefined ? {} : { mapRunArn: header.mapRunArn }),
  };
}

/** ListStateMachines. */
export function listStateMachines(
  { machines }: StatesContext,
  input: ListStateMachinesInput,
): ListStateMachinesOutput {
  const { items, ...next } = page('machines', machines.all(), input);
  const stateMachines = items.map(({ arn, name, type, creationDate }) => ({
    stateMachineArn: arn,
    name,
    type,
    creationDate,
  }));
  return { stateMachines, ...next };
}
