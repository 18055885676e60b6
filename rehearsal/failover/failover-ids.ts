import type { ReadExecutionIds } from 'signalbox';

/** As the template names the state machine of failovers. */
const MACHINE = /-dr-failover$/;

/** The ids of failovers by the executions that run them; the trail is read only where one is listed. */
export const failoverIds: ReadExecutionIds = async (place, executions) => {
  if (!executions.some(({ stateMachineArn }) => MACHINE.test(stateMachineArn ?? ''))) {
    return new Map();
  }
  const { readFailovers } = await import('./read-failovers.ts');
  const failovers = await readFailovers(place);
  return new Map(failovers.map(({ executionArn, failoverId }) => [executionArn, failoverId]));
};
