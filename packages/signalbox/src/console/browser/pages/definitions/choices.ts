import { allMachines, versionsOf } from '../../api/machines.ts';
import { t } from '../../app/strings.ts';

/** A definition that can be chosen. */
export interface DefinitionChoice {
  readonly value: string;
  readonly label: string;
}

/** The versions of the machine that is chosen, and all machines as they are now. */
export async function readChoices(chosen: string): Promise<readonly DefinitionChoice[]> {
  const machineArn = machineArnOf(chosen);
  const versions = machineArn === undefined ? [] : await versionsOf(machineArn);
  const machines = await allMachines();
  const arns = [
    ...versions.map(({ stateMachineVersionArn = '' }) => stateMachineVersionArn),
    ...machines.map(({ stateMachineArn = '' }) => stateMachineArn),
  ];
  return arns.map((value) => ({ value, label: labelOf(value) }));
}

/** Names a definition by its ARN: `orders`, `orders, version 3`, or `orders, as one-two ran it`. */
export function labelOf(arn: string): string {
  const [kind, name = '', last = ''] = arn.split(':').slice(5);
  if (kind !== 'stateMachine') return t('{name}, as {execution} ran it', { name, execution: last });
  return last === '' ? name : t('{name}, version {version}', { name, version: last });
}

/** The machine whose version an ARN names, or that it names itself. */
function machineArnOf(arn: string): string | undefined {
  const parts = arn.split(':');
  return parts[5] === 'stateMachine' ? parts.slice(0, 7).join(':') : undefined;
}
