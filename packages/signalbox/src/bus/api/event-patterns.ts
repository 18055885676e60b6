import type {
  TestEventPatternRequest,
  TestEventPatternResponse,
} from '@aws-sdk/client-eventbridge';
import { AwsError } from '../../core/aws-error.ts';
import { isJsonObject, type Json, type JsonObject } from '../../core/json.ts';
import { matchPattern } from '../../event-patterns/match-pattern.ts';
import { requirePattern } from './require-pattern.ts';
import { required } from './required.ts';

/** Answers TestEventPattern, with no regard to what an event must have besides. */
export function testEventPattern(request: TestEventPatternRequest): TestEventPatternResponse {
  const pattern = requirePattern(required(request.EventPattern, 'eventPattern'));
  return { Result: matchPattern(pattern, readEvent(required(request.Event, 'event'))) };
}

function readEvent(text: string): JsonObject {
  try {
    const event: Json = JSON.parse(text);
    if (isJsonObject(event)) return event;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw new AwsError('ValidationException', 'Parameter Event is not valid.');
}
