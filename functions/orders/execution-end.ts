import { DescribeExecutionCommand, ExecutionDoesNotExist, SFNClient } from '@aws-sdk/client-sfn';

const client = new SFNClient({});

/** An execution as Step Functions describes it; `GONE` once it is forgotten. */
export interface ExecutionEnd {
  readonly executionArn: string;
  readonly status: 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED' | 'GONE';
  readonly input?: string | undefined;
  readonly error?: string | undefined;
  readonly cause?: string | undefined;
}

/** Says whether an execution has ended, and not well: what it did with its order is for others to find out. */
export function hasEndedBadly({ status }: ExecutionEnd): boolean {
  return status !== 'RUNNING' && status !== 'SUCCEEDED';
}

/** Asks how an execution of order-processing stands; `GONE` once Step Functions has forgotten it. */
export async function describeEnd(executionArn: string): Promise<ExecutionEnd> {
  try {
    const { status, input, error, cause } = await client.send(
      new DescribeExecutionCommand({ executionArn }),
    );
    // A redrive that waits for its turn runs as well.
    const known = status === undefined || status === 'PENDING_REDRIVE' ? 'RUNNING' : status;
    return { executionArn, status: known, input, error, cause };
  } catch (error) {
    if (error instanceof ExecutionDoesNotExist) return { executionArn, status: 'GONE' };
    throw error;
  }
}
