import type { StackPlace } from '../../core/stack-place.ts';
import type { Session } from '../session.ts';

/**
 * Reads the names of one kind at the place that a command line talks to.
 *
 * @param line The words of the command line so far that are no options.
 */
export type ReadNames = (session: Session, line: readonly string[]) => Promise<readonly string[]>;

/** The kinds of names that the tool knows; each loads only the client that it needs. */
export const OWN_NAMES: Readonly<Record<string, ReadNames>> = {
  execution: async ({ client }) => (await import('./execution-names.ts')).executionNames(client),
  workflow: (session) => logicalNames(session, 'AWS::StepFunctions::StateMachine'),
  function: (session) => logicalNames(session, 'AWS::Lambda::Function'),
  archive: (session) => logicalNames(session, 'AWS::Events::Archive'),
  alarm: (session) => physicalNames(session, 'AWS::CloudWatch::Alarm'),
  schedule: async (session) => (await import('./schedule-names.ts')).scheduleNames(session.client),
  bus: async ({ client }) => (await import('./event-names.ts')).busNames(client),
  rule: async ({ client }) => (await import('./event-names.ts')).ruleNames(client),
  state: async (session, line) => (await import('./state-names.ts')).stateNames(session, line),
  fault: async (session) => (await import('./rehearsal-names.ts')).faultNames(session),
  part: async (session) => (await import('./rehearsal-names.ts')).partNames(session),
};

/** The short forms of logical ids, as commands take them. */
async function logicalNames(place: StackPlace, type: string): Promise<readonly string[]> {
  const { shortName, stackResources } = await import('../stack.ts');
  const resources = await stackResources(place);
  return resources
    .filter((one) => one.type === type)
    .map(({ logicalId }) => shortName(logicalId, type.split('::').at(-1) ?? ''));
}

async function physicalNames(place: StackPlace, type: string): Promise<readonly string[]> {
  return (await import('../stack.ts')).physicalIds(place, type);
}
