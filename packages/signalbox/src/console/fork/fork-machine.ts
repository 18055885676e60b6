import { repeatedBy } from './repeat-name.ts';

/** The state machine that the forks of another one run in: its name with this behind it. */
const FORK_SUFFIX = '-signalbox-fork';

/** The state machine that the executions of one are forked into; those of a fork run beside it. */
export function forkMachineArn(machineArn: string): string {
  if (machineArn.endsWith(FORK_SUFFIX)) return machineArn;
  // AWS: a name has at most 80 characters.
  const longest = machineArn.lastIndexOf(':') + 1 + 80 - FORK_SUFFIX.length;
  return `${machineArn.slice(0, longest)}${FORK_SUFFIX}`;
}

/**
 * The ARN of the execution that another one repeats.
 *
 * @param executionArn Of the one that repeats.
 * @param original The name of the other one.
 */
export function repeatedArn(executionArn: string, original: string): string {
  const machine = executionArn.slice(0, executionArn.lastIndexOf(':'));
  return `${isFork(original) ? machine : machine.replace(FORK_SUFFIX, '')}:${original}`;
}

/** Whether an execution runs in the machine of forks: what ran again did so where it had run before. */
function isFork(name: string): boolean {
  const repeated = repeatedBy(name);
  return repeated?.kind === 'fork' || (repeated !== undefined && isFork(repeated.name));
}
