import { describe, expect, test } from '@jest/globals';
import { stackStatusChange } from './stack-status-change.ts';

describe('stackStatusChange()', () => {
  test('is what CloudFormation writes, of the stack by its ARN', () => {
    const stackId = 'arn:aws:cloudformation:eu-central-1:123456789012:stack/signalbox-local/0a1b';

    expect(stackStatusChange({ stackId }, 'UPDATE_COMPLETE')).toEqual({
      source: 'aws.cloudformation',
      detailType: 'CloudFormation Stack Status Change',
      resources: [stackId],
      detail: {
        'stack-id': stackId,
        'status-details': { status: 'UPDATE_COMPLETE', 'status-reason': '' },
        'client-request-token': '',
      },
    });
  });
});
