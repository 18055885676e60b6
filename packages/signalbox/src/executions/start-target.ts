import { checkArn } from './arns.ts';
import { stateMachineDeleting, stateMachineDoesNotExist } from './refusals.ts';
import { chooseRoute } from './routes.ts';
import type { MachineRecord } from './state-machines.ts';
import type { StatesContext } from './states-context.ts';
import { machineArnOf } from './versions.ts';

/** The target of a start: a machine as it is now, or as a version has it. */
export interface StartTarget {
  readonly machine: MachineRecord;
  readonly stateMachineVersionArn?: string;
  readonly stateMachineAliasArn?: string;
}

/**
 * Finds what the ARN of a machine, a version or an alias starts; an alias leads to one of its versions.
 * @throws {AwsError} `InvalidArn`, `StateMachineDoesNotExist` or `StateMachineDeleting`.
 */
export function startTarget(context: StatesContext, arn: string): StartTarget {
  checkArn(arn, 'stateMachine');
  const { machines, versions, random } = context;
  const machineArn = machineArnOf(arn);
  const machine = machines.find(machineArn);
  if (machine === undefined) throw stateMachineDoesNotExist(arn);
  if (machine.status === 'DELETING') throw stateMachineDeleting(machineArn);
  if (arn === machineArn) return { machine };
  const alias = versions.alias(arn);
  const versionArn =
    alias === undefined ? arn : chooseRoute(alias.routes, random())?.stateMachineVersionArn;
  const version = versions.version(versionArn ?? '');
  if (version === undefined) throw stateMachineDoesNotExist(arn);
  return {
    machine: version.machine,
    stateMachineVersionArn: version.arn,
    ...(alias === undefined ? {} : { stateMachineAliasArn: alias.arn }),
  };
}
