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
import { AwsError } from '../../core/aws-error.ts';
import { checkArn, statesArn } from '../arns.ts';
import { acceptDefinition } from '../definition.ts';
import { checkSettings, checkTagCount, loggingOf, OWN_KEY } from '../machine-settings.ts';
import { checkName, required } from '../members.ts';
import { page } from '../paging.ts';
import { stateMachineAlreadyExists, stateMachineDeleting } from '../refusals.ts';
import { type MachineRecord, NO_LOGGING, NO_TRACING } from '../state-machines.ts';
import type { StatesContext } from '../states-context.ts';
import { findExecution } from './executions.ts';
import { publish } from './versions.ts';

/** CreateStateMachine: idempotent where all that matters is the same. AWS: API_CreateStateMachine. */
export function createStateMachine(
  context: StatesContext,
  input: CreateStateMachineInput,
): CreateStateMachineOutput {
  const name = required('name', input.name);
  const definition = required('definition', input.definition);
  const roleArn = required('roleArn', input.roleArn);
  checkName(name);
  checkSettings(input);
  checkTagCount(input.tags ?? []);
  checkVersionDescription(input);
  const type = input.type ?? 'STANDARD';
  const arn = statesArn(context, 'stateMachine', name);
  const creationDate = context.clock.now();
  const machine: MachineRecord = {
    arn,
    name,
    status: 'ACTIVE',
    type,
    roleArn,
    definition,
    machine: acceptDefinition(definition, context.rulesFor(type)),
    creationDate,
    updateDate: creationDate,
    revisionId: undefined,
    loggingConfiguration: { ...NO_LOGGING, ...loggingOf(input) },
    tracingConfiguration: input.tracingConfiguration ?? NO_TRACING,
  };
  const existing = context.machines.find(arn);
  if (existing !== undefined) {
    if (existing.status === 'DELETING') throw stateMachineDeleting(arn);
    if (!isDeepStrictEqual(identityOf(existing), identityOf(machine))) {
      throw stateMachineAlreadyExists(arn);
    }
    return {
      stateMachineArn: arn,
      creationDate: existing.creationDate,
      ...publishedBy(context, existing, input),
    };
  }
  context.machines.put(machine);
  context.tags.set(arn, input.tags ?? []);
  return { stateMachineArn: arn, creationDate, ...publishedBy(context, machine, input) };
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
  const current = context.machines.getActive(required('stateMachineArn', input.stateMachineArn));
  const { definition, roleArn, loggingConfiguration, tracingConfiguration } = input;
  checkVersionDescription(input);
  if ([definition, roleArn, loggingConfiguration, tracingConfiguration].every(isUndefined)) {
    throw new AwsError(
      'MissingRequiredParameter',
      'Either the definition, the role ARN, the LoggingConfiguration, or the TracingConfiguration must be specified',
    );
  }
  checkSettings(input);
  const updateDate = context.clock.now();
  const updated: MachineRecord = {
    ...current,
    definition: definition ?? current.definition,
    machine:
      definition === undefined
        ? current.machine
        : acceptDefinition(definition, context.rulesFor(current.type)),
    roleArn: roleArn ?? current.roleArn,
    loggingConfiguration: loggingConfiguration ?? current.loggingConfiguration,
    tracingConfiguration: tracingConfiguration ?? current.tracingConfiguration,
    updateDate,
  };
  // AWS: what changes nothing makes no revision.
  if (isDeepStrictEqual(settingsOf(current), settingsOf(updated))) {
    return { updateDate, ...publishedBy(context, current, input) };
  }
  const revisionId = context.uuid();
  const revised = { ...updated, revisionId };
  context.machines.put(revised);
  return { updateDate, revisionId, ...publishedBy(context, revised, input) };
}

function settingsOf(machine: MachineRecord): object {
  const { definition, roleArn, loggingConfiguration, tracingConfiguration } = machine;
  return { definition, roleArn, loggingConfiguration, tracingConfiguration };
}

function isUndefined(value: unknown): boolean {
  return value === undefined;
}

interface Publishing {
  readonly publish?: boolean | undefined;
  readonly versionDescription?: string | undefined;
}

function checkVersionDescription({ publish: wanted, versionDescription }: Publishing): void {
  if (versionDescription === undefined || wanted === true) return;
  throw new AwsError(
    'ValidationException',
    'Version description can only be set when publish is true',
  );
}

function publishedBy(
  context: StatesContext,
  machine: MachineRecord,
  { publish: wanted, versionDescription }: Publishing,
): { readonly stateMachineVersionArn?: string } {
  if (wanted !== true) return {};
  return { stateMachineVersionArn: publish(context, machine, versionDescription).arn };
}

/**
 * DeleteStateMachine, with its versions and aliases: it is DELETING until its executions have ended,
 * which they do at their next transition. AWS: API_DeleteStateMachine.
 */
export function deleteStateMachine(
  { machines, retire }: StatesContext,
  input: DeleteStateMachineInput,
): DeleteStateMachineOutput {
  const arn = required('stateMachineArn', input.stateMachineArn);
  checkArn(arn, 'stateMachine');
  const machine = machines.find(arn);
  if (machine !== undefined) retire(machine);
  return {};
}

/** DescribeStateMachine, of a machine or of a version. */
export function describeStateMachine(
  { machines, versions, rulesFor }: StatesContext,
  input: DescribeStateMachineInput,
): DescribeStateMachineOutput {
  const arn = required('stateMachineArn', input.stateMachineArn);
  const version = versions.version(arn);
  const machine = version?.machine ?? machines.get(arn);
  const metadata = {
    stateMachineArn: arn,
    name: machine.name,
    status: machines.find(machine.arn)?.status ?? machine.status,
    type: machine.type,
    roleArn: machine.roleArn,
    creationDate: version?.creationDate ?? machine.creationDate,
    loggingConfiguration: machine.loggingConfiguration,
    tracingConfiguration: machine.tracingConfiguration,
    encryptionConfiguration: OWN_KEY,
    ...(machine.revisionId === undefined ? {} : { revisionId: machine.revisionId }),
    ...(version?.description === undefined ? {} : { description: version.description }),
  };
  if (input.includedData === 'METADATA_ONLY') return { ...metadata, definition: undefined };
  const variableReferences = rulesFor(machine.type).interpreter.variableReferencesOf(
    machine.machine,
  );
  return {
    ...metadata,
    definition: machine.definition,
    ...(Object.keys(variableReferences).length === 0 ? {} : { variableReferences }),
  };
}

/** DescribeStateMachineForExecution: the machine as it was when the execution started. */
export function describeStateMachineForExecution(
  context: StatesContext,
  input: DescribeStateMachineForExecutionInput,
): DescribeStateMachineForExecutionOutput {
  const { header } = findExecution(context, input.executionArn);
  const version = context.versions.version(header.stateMachineVersionArn ?? '');
  const current = version?.machine ?? context.machines.find(header.stateMachineArn);
  return {
    stateMachineArn: header.stateMachineArn,
    name: header.stateMachineName,
    definition: header.definition,
    roleArn: header.roleArn,
    updateDate: current?.updateDate ?? new Date(header.startDate),
    loggingConfiguration: current?.loggingConfiguration ?? NO_LOGGING,
    tracingConfiguration: current?.tracingConfiguration ?? NO_TRACING,
    ...(header.mapRunArn === undefined ? {} : { mapRunArn: header.mapRunArn }),
    ...(version?.machine.revisionId === undefined
      ? {}
      : { revisionId: version.machine.revisionId }),
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
