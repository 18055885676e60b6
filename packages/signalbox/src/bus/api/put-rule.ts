import type {
  DeleteRuleRequest,
  PutRuleRequest,
  PutRuleResponse,
} from '@aws-sdk/client-eventbridge';
import { AwsError } from '../../core/aws-error.ts';
import { isJsonObject, type Json, type JsonObject } from '../../core/json.ts';
import type { Pattern } from '../../event-patterns/pattern.ts';
import type { Bus } from '../bus.ts';
import { findBus } from './find.ts';
import { requirePattern } from './require-pattern.ts';
import { required } from './required.ts';
import { tagNew } from './tags.ts';

/** Makes a rule or changes one, whose targets stay. */
export function putRule(bus: Bus, request: PutRuleRequest): PutRuleResponse {
  const name = required(request.Name, 'name');
  const eventBusName = findBus(bus, request.EventBusName).name;
  requireSupported(bus, request, eventBusName);
  const { eventPattern, pattern } = readPattern(request.EventPattern);
  const before = bus.rules.find(eventBusName, name);
  const path = eventBusName === 'default' ? name : `${eventBusName}/${name}`;
  const arn = `arn:aws:events:${bus.region}:${bus.accountId}:rule/${path}`;
  const rule = {
    name,
    arn,
    eventBusName,
    state: request.State === 'DISABLED' ? ('DISABLED' as const) : ('ENABLED' as const),
    eventPattern,
    scheduleExpression: request.ScheduleExpression,
    description: request.Description,
    targets: before?.rule.targets ?? [],
  };
  bus.rules.put({ rule, pattern, targets: before?.targets ?? [] });
  // AWS: the tags of a rule that is there are not changed by PutRule.
  if (before === undefined) tagNew(bus, arn, request.Tags);
  return { RuleArn: arn };
}

/** Takes a rule away; AWS succeeds where there is no such rule. */
export function deleteRule(bus: Bus, request: DeleteRuleRequest): Record<string, never> {
  const eventBusName = findBus(bus, request.EventBusName).name;
  const loaded = bus.rules.find(eventBusName, required(request.Name, 'name'));
  if (loaded === undefined) return {};
  if (loaded.targets.length > 0) {
    throw new AwsError('ValidationException', "Rule can't be deleted since it has targets.");
  }
  bus.rules.delete(loaded.rule);
  return {};
}

function requireSupported(
  bus: Bus,
  { EventPattern, ScheduleExpression, State }: PutRuleRequest,
  eventBusName: string,
): void {
  if (ScheduleExpression && eventBusName !== 'default') {
    throw new AwsError(
      'ValidationException',
      'ScheduleExpression is supported only on the default event bus.',
    );
  }
  if (ScheduleExpression && !bus.isSchedule(ScheduleExpression)) {
    throw new AwsError('ValidationException', 'Parameter ScheduleExpression is not valid.');
  }
  if (!EventPattern && !ScheduleExpression) {
    throw new AwsError(
      'ValidationException',
      'Parameter(s) EventPattern or ScheduleExpression must be specified.',
    );
  }
  if (State !== undefined && State !== 'ENABLED' && State !== 'DISABLED') {
    throw new AwsError('ValidationException', `The rehearsal knows no rule state ${State}.`);
  }
}

function readPattern(text: string | undefined): {
  readonly eventPattern: JsonObject | undefined;
  readonly pattern: Pattern | undefined;
} {
  if (!text) return { eventPattern: undefined, pattern: undefined };
  const pattern = requirePattern(text);
  const eventPattern: Json = JSON.parse(text);
  if (!isJsonObject(eventPattern)) throw new TypeError('A pattern that parses is an object');
  return { eventPattern, pattern };
}
