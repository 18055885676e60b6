import { expect, test } from '@jest/globals';
import { checkTargetArn } from './target-arn.ts';

test.each([
  ['arn:aws:lambda:us-east-1:123456789012:function:pay:live'],
  ['arn:aws:events:us-east-1:123456789012:event-bus/orders'],
  ['arn:aws:events:us-east-1:123456789012:target/create-snapshot'],
])('%s may be a target', (arn) => {
  expect(() => checkTargetArn(arn)).not.toThrow();
});

test.each([
  ['pay', 'Parameter pay is not valid. Reason: Provided Arn is not in correct format.'],
  [
    'arn:aws:rds:us-east-1:123456789012:db:shop',
    'Parameter arn:aws:rds:us-east-1:123456789012:db:shop is not valid. Reason: rds is not a supported service for a target.',
  ],
])('%s may not', (arn, message) => {
  expect(() => checkTargetArn(arn)).toThrow(message);
});
