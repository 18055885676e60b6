import type {
  TestEventPatternRequest,
  TestEventPatternResponse,
} from '@aws-sdk/client-eventbridge';
import { AwsError } from '../../core/aws-error.ts';
import { isJsonObject, type JsonObject, parseJson } from '../../core/json.ts';
import { matchPattern } from '../../event-patterns/match-pattern.ts';
import { requirePattern } from './require-pattern.ts';
import { required } from './required.ts';

/** What an event must have to be one; recorded on AWS: `resources` may be absent. */
const REQUIRED = ['id', 'account', 'source', 'time', 'region', 'detail-type'];

/** Handles TestEventPattern. */
export function testEventPattern(request: TestEventPatternRequest): TestEventPatternResponse {
  const pattern = requirePattern(required(request.EventPattern, 'eventPattern'));
  return { Result: matchPattern(pattern, readEvent(required(request.Event, 'event'))) };
}

function readEvent(text: string): JsonObject {
  const event = parseJson(text);
  if (isJsonObject(event) && REQUIRED.every((name) => Object.hasOwn(event, name))) return event;
  throw new AwsError('ValidationException', 'Parameter Event is not valid.');
}
