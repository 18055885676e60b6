import { describe, expect, test } from '@jest/globals';
import { parseTaskResource } from '../../states-language/task/resource.ts';
import { checkResources } from './check-resources.ts';

function check(text: string, type: 'STANDARD' | 'EXPRESS' = 'STANDARD'): readonly string[] {
  const resource = parseTaskResource(text);
  if (resource === undefined) throw new Error(`${text} is not an ARN of a resource`);
  const uses = [{ resource, path: 'States.Task.Resource' }];
  return checkResources(uses, { type }).map(({ message }) => message);
}

describe('checkResources()', () => {
  test.each([
    'arn:aws:lambda:eu-west-1:123456789012:function:charge',
    'arn:aws:states:eu-west-1:123456789012:activity:pack',
    'arn:aws:states:::lambda:invoke',
    'arn:aws:states:::lambda:invoke.waitForTaskToken',
    'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
    'arn:aws:states:::sns:publish',
    'arn:aws:states:::events:putEvents',
    'arn:aws:states:::dynamodb:updateItem',
    'arn:aws:states:::states:startExecution.sync:2',
    'arn:aws:states:::aws-sdk:secretsmanager:getSecretValue',
    'arn:aws:states:::aws-sdk:bedrockruntime:converse',
    'arn:aws:states:::glue:startJobRun.sync',
    'arn:aws:states:::ecs:runTask.waitForTaskToken',
  ])('takes %s', (resource) => {
    expect(check(resource)).toEqual([]);
  });

  test.each([
    'arn:aws:states:::glue:startJobRun.waitForTaskToken',
    'arn:aws:states:::aws-sdk:stepfunctions:startExecution',
    'arn:aws:states:::sqs:receiveMessage',
    'arn:aws:states:::sqs:sendMessage.sync',
    'arn:aws:states:::dynamodb:getItem.waitForTaskToken',
    'arn:aws:states:::aws-sdk:nosuch:doIt',
    'arn:aws:states:::aws-sdk:sqs:SendMessage',
    'arn:aws:states:::aws-sdk:sqs:sendMessage.sync',
  ])('refuses %s', (resource) => {
    expect(check(resource)).toEqual([
      `The resource provided ${resource} is not recognized. The value is not a valid resource ARN, or the resource is not available in this region.`,
    ]);
  });

  test.each([
    [
      'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
      "Express state machine does not support '.waitForTaskToken' service integration ",
    ],
    [
      'arn:aws:states:::states:startExecution.sync',
      "Express state machine does not support '.sync' service integration",
    ],
    [
      'arn:aws:states:eu-west-1:123456789012:activity:pack',
      'Express state machine does not support Activity ARN',
    ],
  ])('refuses %s in an Express workflow', (resource, message) => {
    expect(check(resource, 'EXPRESS')).toEqual([message]);
  });
});
