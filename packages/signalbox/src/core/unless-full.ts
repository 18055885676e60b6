import { AwsError } from './aws-error.ts';

/** Keeps what no caller waits for: on a full disk it lasts as long as the process. */
export function unlessFull(write: () => void): void {
  try {
    write();
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
  }
}
