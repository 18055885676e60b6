import { describe, expect, test } from '@jest/globals';
import { exportExecution } from './export-execution.ts';

const ARN = 'arn:aws:states:us-east-1:123456789012:execution:orders:one';

/** Answers as AWS does, with the history in pages of two. */
async function call(_service: string, action: string, input: object): Promise<object> {
  if (action === 'DescribeExecution') return { ...input, status: 'FAILED', $metadata: {} };
  const from = 'nextToken' in input && input.nextToken !== undefined ? Number(input.nextToken) : 1;
  const events = [{ id: from }, { id: from + 1 }];
  return from < 5 ? { events, nextToken: String(from + 2) } : { events };
}

describe('exportExecution()', () => {
  test('keeps what DescribeExecution returns, and every page of the history', async () => {
    expect(await exportExecution(call, ARN)).toEqual({
      execution: { executionArn: ARN, status: 'FAILED' },
      history: { events: [1, 2, 3, 4, 5, 6].map((id) => ({ id })) },
    });
  });

  test('fails as AWS does where one is not there', async () => {
    const refused = Object.assign(new Error('It is gone'), { name: 'ExecutionDoesNotExist' });
    await expect(exportExecution(() => Promise.reject(refused), ARN)).rejects.toBe(refused);
  });
});
