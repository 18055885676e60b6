import * as v from 'valibot';
import { listOf, Text } from '../../core/schema/schema.ts';
import { callName, isDeadLetter, isMutating } from '../call-log.ts';
import { difference, sortedText } from '../difference.ts';
import { expectationKind } from '../scenario-extension.ts';

/** Calls that change simulated resources, or try to, such as `rds:FailoverDBCluster`, in any order. */
export const mutatingCalls = expectationKind(listOf(Text), async (expected, { stage }) => {
  const ownBuckets = stage.physicalIds('AWS::S3::Bucket');
  const found: string[] = [];
  const stopListening = stage.calls.listen((call) => {
    if (isMutating(call, ownBuckets)) found.push(callName(call));
  });
  return async () => {
    stopListening();
    const differences = difference('mutating calls', sortedText(expected), sortedText(found));
    return { found, differences };
  };
});

/** The number of messages sent to the dead-letter queues of the template's rules, schedules and functions. */
export const deadLetters = expectationKind(
  v.number('Write a number'),
  async (expected, { stage }) => {
    const queues = stage.deadLetterQueues();
    let found = 0;
    const stopListening = stage.calls.listen((call) => {
      if (isDeadLetter(call, queues)) found += 1;
    });
    return async () => {
      stopListening();
      return { found, differences: difference('dead letters', expected, found) };
    };
  },
  0,
);
