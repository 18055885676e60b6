import type {
  ListTargetsByRuleRequest,
  ListTargetsByRuleResponse,
  PutTargetsRequest,
  PutTargetsResponse,
  RemoveTargetsRequest,
  RemoveTargetsResponse,
  Target,
} from '@aws-sdk/client-eventbridge';
import { AwsError } from '../../core/aws-error.ts';
import type { TargetResource } from '../../template/app.ts';
import type { Bus } from '../bus.ts';
import type { LoadedRule, LoadedTarget, Rule } from '../rule-table.ts';
import { checkTargetArn } from '../target-arn.ts';
import { parseTargetInput } from '../target-input.ts';
import { misplacedDeadLetters, misplacedTarget, missingRole } from '../target-place.ts';
import { findRule } from './find.ts';
import { page } from './page.ts';
import { required } from './required.ts';

const DEFAULT_RETRY_ATTEMPTS = 185;
const DEFAULT_EVENT_AGE_SECONDS = 86_400;
const MAX_TARGETS = 5;
const SUPPORTED: ReadonlySet<string> = new Set([
  ...['Id', 'Arn', 'RoleArn', 'Input', 'InputPath', 'InputTransformer'],
  ...['DeadLetterConfig', 'HttpParameters', 'RetryPolicy', 'SqsParameters'],
]);

/** Handles ListTargetsByRule. */
export function listTargetsByRule(
  bus: Bus,
  request: ListTargetsByRuleRequest,
): ListTargetsByRuleResponse {
  const { rule } = findRule(bus, request.Rule, request.EventBusName);
  const { items, NextToken } = page(rule.targets, request);
  return { Targets: items.map(apiTarget), NextToken };
}

/** Adds targets to a rule, in place of those with the same ids. */
export function putTargets(bus: Bus, request: PutTargetsRequest): PutTargetsResponse {
  const loaded = findRule(bus, request.Rule, request.EventBusName);
  const given = required(request.Targets, 'targets');
  checkIds(given);
  const added = given.map(loadTarget);
  for (const { target } of added) {
    checkTargetArn(target.arn);
    const misplaced =
      misplacedTarget(target.arn, bus) ??
      missingRole(target, bus) ??
      misplacedDeadLetters(target.deadLetterArn, bus);
    if (misplaced !== undefined) throw misplaced;
  }
  const ids = new Set(added.map(({ target }) => target.id));
  const kept = loaded.targets.filter(({ target }) => !ids.has(target.id));
  const targets = [...kept, ...added];
  if (targets.length > MAX_TARGETS) {
    throw new AwsError(
      'LimitExceededException',
      'The requested resource exceeds the maximum number allowed.',
    );
  }
  bus.rules.put(withTargets(loaded, targets));
  return { FailedEntryCount: 0, FailedEntries: [] };
}

/** @throws {AwsError} Where a target's id has other characters than AWS takes. */
function checkIds(targets: readonly Target[]): void {
  for (const [at, { Id: id = '' }] of targets.entries()) {
    if (/^[.\-_A-Za-z0-9]+$/.test(id)) continue;
    throw new AwsError(
      'ValidationException',
      `1 validation error detected: Value '${id}' at 'targets.${at + 1}.member.id' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\.\\-_A-Za-z0-9]+`,
    );
  }
}

/** Takes targets from a rule; ids that it doesn't have fail one by one. */
export function removeTargets(bus: Bus, request: RemoveTargetsRequest): RemoveTargetsResponse {
  const loaded = findRule(bus, request.Rule, request.EventBusName);
  const ids = required(request.Ids, 'ids');
  const unknown = ids.filter((id) => !loaded.targets.some(({ target }) => target.id === id));
  const kept = loaded.targets.filter(({ target }) => !ids.includes(target.id));
  bus.rules.put(withTargets(loaded, kept));
  return {
    FailedEntryCount: unknown.length,
    FailedEntries: unknown.map((TargetId) => ({
      TargetId,
      ErrorCode: 'ResourceNotFoundException',
      ErrorMessage: `Rule '${loaded.rule.name}' does not have a target with the Id '${TargetId}'.`,
    })),
  };
}

function withTargets(loaded: LoadedRule, targets: readonly LoadedTarget[]): LoadedRule {
  const rule: Rule = { ...loaded.rule, targets: targets.map(({ target }) => target) };
  return { ...loaded, rule, targets };
}

function loadTarget(given: Target): LoadedTarget {
  const id = required(given.Id, 'targets.1.member.id');
  const unsupported = Object.entries(given).find(
    ([name, value]) => value !== undefined && !SUPPORTED.has(name),
  );
  if (unsupported !== undefined) {
    throw new AwsError(
      'ValidationException',
      `The rehearsal doesn't support ${unsupported[0]} of target ${id}.`,
    );
  }
  const target = targetResource(given, id);
  const input = parseTargetInput(target);
  if (input.ok) return { target, input: input.value };
  throw new AwsError('ValidationException', input.problems[0]?.message ?? '');
}

function targetResource(given: Target, id: string): TargetResource {
  const { InputTransformer: transformer, RetryPolicy: policy } = given;
  return {
    id,
    arn: required(given.Arn, 'targets.1.member.arn'),
    roleArn: given.RoleArn,
    input: given.Input,
    inputPath: given.InputPath,
    inputTransformer: transformer && {
      inputPathsMap: transformer.InputPathsMap ?? {},
      inputTemplate: required(transformer.InputTemplate, 'inputTransformer.inputTemplate'),
    },
    deadLetterArn: given.DeadLetterConfig?.Arn,
    messageGroupId: given.SqsParameters?.MessageGroupId,
    httpParameters: given.HttpParameters && {
      pathParameterValues: given.HttpParameters.PathParameterValues ?? [],
      headerParameters: given.HttpParameters.HeaderParameters ?? {},
      queryStringParameters: given.HttpParameters.QueryStringParameters ?? {},
    },
    maximumRetryAttempts: policy?.MaximumRetryAttempts ?? DEFAULT_RETRY_ATTEMPTS,
    maximumEventAgeSeconds: policy?.MaximumEventAgeInSeconds ?? DEFAULT_EVENT_AGE_SECONDS,
  };
}

function apiTarget(target: TargetResource): Target {
  const { inputTransformer, maximumRetryAttempts, maximumEventAgeSeconds } = target;
  const { messageGroupId, httpParameters: http } = target;
  const hasPolicy =
    maximumRetryAttempts !== DEFAULT_RETRY_ATTEMPTS ||
    maximumEventAgeSeconds !== DEFAULT_EVENT_AGE_SECONDS;
  return {
    Id: target.id,
    Arn: target.arn,
    RoleArn: target.roleArn,
    Input: target.input,
    InputPath: target.inputPath,
    InputTransformer: inputTransformer && {
      InputPathsMap: { ...inputTransformer.inputPathsMap },
      InputTemplate: inputTransformer.inputTemplate,
    },
    DeadLetterConfig:
      target.deadLetterArn === undefined ? undefined : { Arn: target.deadLetterArn },
    SqsParameters: messageGroupId === undefined ? undefined : { MessageGroupId: messageGroupId },
    HttpParameters: http && {
      PathParameterValues: [...http.pathParameterValues],
      HeaderParameters: { ...http.headerParameters },
      QueryStringParameters: { ...http.queryStringParameters },
    },
    RetryPolicy: hasPolicy
      ? {
          MaximumRetryAttempts: maximumRetryAttempts,
          MaximumEventAgeInSeconds: maximumEventAgeSeconds,
        }
      : undefined,
  };
}
