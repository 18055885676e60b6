import type { Caller } from '../../core/service.ts';
import { createTestClock } from '../../core/test-clock.ts';
import { createS3 } from './s3.ts';

/** An S3 of us-east-1 on a clock that stands still, and a way to call it. */
export function s3UnderTest(startsAt?: string) {
  const clock = createTestClock(startsAt);
  const s3 = createS3({ clock, region: 'us-east-1', accountId: '123456789012' });
  async function run(
    action: string,
    input: object = {},
    caller: Partial<Caller> = {},
  ): Promise<Record<string, unknown>> {
    const act = s3.service.actions[action];
    if (act === undefined) throw new RangeError(`Cannot find the action ${action}`);
    return { ...(await act(input, { arn: 'arn:aws:iam::123456789012:root', ...caller })) };
  }
  return { clock, s3, run };
}
