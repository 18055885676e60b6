import type {
  DeleteStateMachineVersionInput,
  DeleteStateMachineVersionOutput,
  ListStateMachineVersionsInput,
  ListStateMachineVersionsOutput,
  PublishStateMachineVersionInput,
  PublishStateMachineVersionOutput,
} from '@aws-sdk/client-sfn';
import { checkArn } from '../arns.ts';
import { checkLength, required } from '../members.ts';
import { page } from '../paging.ts';
import { conflict, serviceQuotaExceeded } from '../refusals.ts';
import type { MachineRecord } from '../state-machines.ts';
import type { StatesContext } from '../states-context.ts';
import { INITIAL_REVISION, type MachineVersion, machineArnOf } from '../versions.ts';

/** AWS: Step Functions quotas, "Published state machine versions". */
const MAX_VERSIONS = 1_000;

/** AWS: API_PublishStateMachineVersion, `description`. */
const MAX_DESCRIPTION_LENGTH = 256;

/** PublishStateMachineVersion: a revision is published once. */
export function publishStateMachineVersion(
  context: StatesContext,
  input: PublishStateMachineVersionInput,
): PublishStateMachineVersionOutput {
  const machine = context.machines.getActive(required('stateMachineArn', input.stateMachineArn));
  const { revisionId, description } = input;
  const current = machine.revisionId ?? INITIAL_REVISION;
  if (revisionId !== undefined && revisionId !== current) {
    throw conflict(
      `Failed to publish the State Machine version for revision ${revisionId}. The current State Machine revision is ${current}.`,
    );
  }
  const { arn, creationDate } = publish(context, machine, description);
  return { stateMachineVersionArn: arn, creationDate };
}

/** Publishes a machine as it is now. @throws {AwsError} When it has as many versions as AWS allows. */
export function publish(
  { versions, clock }: StatesContext,
  machine: MachineRecord,
  description: string | undefined,
): MachineVersion {
  checkLength('description', description, MAX_DESCRIPTION_LENGTH);
  if (versions.versionsOf(machine.arn).length >= MAX_VERSIONS) {
    throw serviceQuotaExceeded(
      `The maximum number of versions (${MAX_VERSIONS}) is reached for the state machine ${machine.arn}`,
    );
  }
  return versions.publish(machine, description, clock.now());
}

/** ListStateMachineVersions: the newest first. */
export function listStateMachineVersions(
  { machines, versions }: StatesContext,
  input: ListStateMachineVersionsInput,
): ListStateMachineVersionsOutput {
  const { arn } = machines.get(required('stateMachineArn', input.stateMachineArn));
  const { items, ...next } = page('versions', versions.versionsOf(arn), input);
  const stateMachineVersions = items.map((version) => ({
    stateMachineVersionArn: version.arn,
    creationDate: version.creationDate,
  }));
  return { stateMachineVersions, ...next };
}

/** DeleteStateMachineVersion: not while an alias leads to it; executions that it started go on. */
export function deleteStateMachineVersion(
  { versions }: StatesContext,
  input: DeleteStateMachineVersionInput,
): DeleteStateMachineVersionOutput {
  const arn = required('stateMachineVersionArn', input.stateMachineVersionArn);
  checkArn(arn, 'stateMachine');
  const holders = versions
    .aliasesOf(machineArnOf(arn))
    .filter(({ routes }) =>
      routes.some(({ stateMachineVersionArn }) => stateMachineVersionArn === arn),
    );
  if (holders.length > 0) {
    const names = holders.map(({ name }) => name).join(', ');
    throw conflict(
      `Version to be deleted must not be referenced by an alias. Current list of aliases referencing this version: [${names}]`,
    );
  }
  versions.removeVersion(arn);
  return {};
}
