import type {
  ListStateMachineAliasesOutput,
  ListStateMachinesOutput,
  ListStateMachineVersionsOutput,
  StateMachineAliasListItem,
  StateMachineListItem,
  StateMachineVersionListItem,
} from '@aws-sdk/client-sfn';
import { allPages } from '../../../core/all-pages.ts';
import { callAws } from './call.ts';

/** All state machines. */
export function allMachines(): Promise<readonly StateMachineListItem[]> {
  return allPages(
    (nextToken) =>
      callAws<Partial<ListStateMachinesOutput>>('states', 'ListStateMachines', { nextToken }),
    ({ stateMachines, nextToken }) => ({ items: stateMachines, next: nextToken }),
  );
}

/** The versions of a state machine, the newest first. */
export function versionsOf(
  stateMachineArn: string,
): Promise<readonly StateMachineVersionListItem[]> {
  return allPages(
    (nextToken) =>
      callAws<Partial<ListStateMachineVersionsOutput>>('states', 'ListStateMachineVersions', {
        stateMachineArn,
        nextToken,
      }),
    (page) => ({ items: page.stateMachineVersions, next: page.nextToken }),
  );
}

/** The aliases of a state machine. */
export function aliasesOf(stateMachineArn: string): Promise<readonly StateMachineAliasListItem[]> {
  return allPages(
    (nextToken) =>
      callAws<Partial<ListStateMachineAliasesOutput>>('states', 'ListStateMachineAliases', {
        stateMachineArn,
        nextToken,
      }),
    (page) => ({ items: page.stateMachineAliases, next: page.nextToken }),
  );
}
