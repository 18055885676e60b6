import { AwsError } from '../core/aws-error.ts';

/** Keeps what nobody has asked for: on a full disk it lasts as long as the process. */
export function unlessFull(write: () => void): void {
  try {
    write();
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
  }
}
