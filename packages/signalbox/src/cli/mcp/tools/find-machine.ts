import {
  paginateListStateMachines,
  type SFNClient,
  type StateMachineListItem,
} from '@aws-sdk/client-sfn';
import { UserError } from '../../../core/user-error.ts';

/** Every state machine of the rehearsal. */
export async function allMachines(client: SFNClient): Promise<readonly StateMachineListItem[]> {
  const machines: StateMachineListItem[] = [];
  for await (const page of paginateListStateMachines({ client }, {})) {
    machines.push(...(page.stateMachines ?? []));
  }
  return machines;
}

/**
 * Finds a state machine by its ARN, its name, or a part of its name that no other has.
 * @throws {UserError} When there is none, or more than one.
 */
export async function findMachine(
  client: SFNClient,
  name: string,
): Promise<StateMachineListItem & { readonly stateMachineArn: string }> {
  const machines = await allMachines(client);
  const exact = machines.filter((one) => one.stateMachineArn === name || one.name === name);
  const found =
    exact.length > 0
      ? exact
      : machines.filter((one) => one.name?.toLowerCase().includes(name.toLowerCase()));
  const names = (list: readonly StateMachineListItem[]): string =>
    list.map((one) => one.name).join(', ') || 'none';
  const [first, second] = found;
  if (first?.stateMachineArn === undefined) {
    throw new UserError('not-found', `No workflow "${name}"; there are ${names(machines)}`);
  }
  if (second !== undefined) {
    throw new UserError('usage', `More than one workflow is called "${name}": ${names(found)}`);
  }
  return { ...first, stateMachineArn: first.stateMachineArn };
}
