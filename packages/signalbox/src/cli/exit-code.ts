/** Exit code of a command that waited for an execution, by the status that it ended with. */
export function exitCodeOf(status: string | undefined): number {
  switch (status) {
    case 'FAILED':
      return 1;
    case 'TIMED_OUT':
      return 4;
    case 'ABORTED':
      return 5;
    default:
      return 0;
  }
}
