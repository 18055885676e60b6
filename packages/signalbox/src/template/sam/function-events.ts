import { checkKeys } from '../check-keys.ts';
import { type MapEntry, mapNode, type Node, textNode, textOf, valueAt } from '../document/node.ts';
import type { Report } from '../report.ts';
import type { Resource } from '../sections.ts';
import { eventRule } from './event-rule.ts';
import type { HttpRoute } from './expanding.ts';
import { generate, getAttNode, refNode } from './generate.ts';
import { scheduleEvent } from './schedule-event.ts';

/** The resources that an event of a function expands to. */
export interface FunctionEvent {
  readonly resources: readonly Resource[];
  readonly routes: readonly HttpRoute[];
  /** Names of AWS managed policies that the function's role needs for it. */
  readonly managed: readonly string[];
}

const EVENT_TYPES = [
  'CloudWatchEvent',
  'EventBridgeRule',
  'HttpApi',
  'Schedule',
  'ScheduleV2',
  'SQS',
];

/** Expands one of a function's Events. */
export function functionEvent(owner: Resource, event: MapEntry, report: Report): FunctionEvent {
  const type = textOf(valueAt(event.value, 'Type')) ?? '';
  switch (type) {
    case 'HttpApi':
      return httpApiEvent(owner, event, report);
    case 'SQS':
      return sqsEvent(owner, event, report);
    case 'CloudWatchEvent':
    case 'EventBridgeRule':
    case 'Schedule':
      return ruleEvent(owner, event, report);
    case 'ScheduleV2': {
      const targetArn = getAttNode(owner.logicalId, 'Arn', event.place);
      const allowed = { action: 'lambda:InvokeFunction', policySuffix: 'LambdaPolicy' };
      const resources = scheduleEvent({ owner, event, targetArn, ...allowed }, report);
      return { resources, routes: [], managed: [] };
    }
    default:
      refuseEvent(owner, event, type, EVENT_TYPES, report);
      return { resources: [], routes: [], managed: [] };
  }
}

/** Refuses an event of a type that the rehearsal does not play. */
export function refuseEvent(
  { logicalId }: Resource,
  event: MapEntry,
  type: string,
  known: readonly string[],
  report: Report,
): void {
  const message =
    type === ''
      ? `${logicalId} event ${event.key} needs a Type`
      : `${logicalId} event ${event.key}: the rehearsal plays no ${type} events, only ${known.join(', ')}`;
  report.at(valueAt(event.value, 'Type')?.place ?? event.place, message);
}

function ruleEvent(owner: Resource, event: MapEntry, report: Report): FunctionEvent {
  const targetArn = getAttNode(owner.logicalId, 'Arn', event.place);
  const resources = eventRule(
    { owner, event, targetArn, roleArn: undefined, targetSuffix: 'LambdaTarget' },
    report,
  );
  const sourceArn = getAttNode(owner.logicalId + event.key, 'Arn', event.place);
  const allowed = permission(owner, event, 'events.amazonaws.com', sourceArn);
  return { resources: [...resources, allowed], routes: [], managed: [] };
}

function permission(
  owner: Resource,
  event: MapEntry,
  principal: string,
  sourceArn: Node | undefined,
): Resource {
  const { place } = event;
  return generate(
    owner,
    `${owner.logicalId}${event.key}Permission`,
    'AWS::Lambda::Permission',
    {
      Action: textNode('lambda:InvokeFunction', place),
      FunctionName: refNode(owner.logicalId, place),
      Principal: textNode(principal, place),
      SourceArn: sourceArn,
    },
    place,
  );
}

const SQS_KEYS = [
  'BatchSize',
  'Enabled',
  'FilterCriteria',
  'FunctionResponseTypes',
  'MaximumBatchingWindowInSeconds',
  'Queue',
  'ScalingConfig',
];

function sqsEvent(owner: Resource, event: MapEntry, report: Report): FunctionEvent {
  const properties = valueAt(event.value, 'Properties');
  const what = `${owner.logicalId} event ${event.key}`;
  checkKeys(properties, { what, known: SQS_KEYS }, report);
  const queue = valueAt(properties, 'Queue');
  if (queue === undefined) report.at(event.place, `${what} needs a Queue: the queue's ARN`);
  const mapping = generate(
    owner,
    owner.logicalId + event.key,
    'AWS::Lambda::EventSourceMapping',
    {
      FunctionName: refNode(owner.logicalId, event.place),
      EventSourceArn: queue ?? { kind: 'broken', place: event.place },
      ...Object.fromEntries(
        SQS_KEYS.filter((key) => key !== 'Queue').map((key) => [key, valueAt(properties, key)]),
      ),
    },
    event.place,
  );
  return { resources: [mapping], routes: [], managed: ['AWSLambdaSQSQueueExecutionRole'] };
}

const METHODS = ['any', 'delete', 'get', 'head', 'options', 'patch', 'post', 'put'];

function httpApiEvent(owner: Resource, event: MapEntry, report: Report): FunctionEvent {
  const properties = valueAt(event.value, 'Properties');
  const what = `${owner.logicalId} event ${event.key}`;
  checkHttpApiEvent(what, properties, report);
  const path = textOf(valueAt(properties, 'Path'));
  const method = textOf(valueAt(properties, 'Method'));
  if ((path === undefined) !== (method === undefined)) {
    report.at(event.place, `${what} needs both a Path and a Method, or neither for every request`);
  }
  if (method !== undefined && !METHODS.includes(method.toLowerCase())) {
    report.at(event.place, `${what}: ${method} is no HTTP method`);
  }
  const api = valueAt(properties, 'ApiId');
  const apiId = textOf(valueAt(api, 'Ref')) ?? textOf(api);
  const route: HttpRoute = {
    apiId,
    method: method?.toLowerCase() ?? 'any',
    path: path ?? '$default',
    authorizer: textOf(valueAt(valueAt(properties, 'Auth'), 'Authorizer')),
    owner,
    place: event.place,
  };
  const apiName = apiId ?? 'ServerlessHttpApi';
  const stage = route.method === 'any' ? '*/*' : `*/${route.method.toUpperCase()}`;
  const arn = `arn:\${AWS::Partition}:execute-api:\${AWS::Region}:\${AWS::AccountId}:\${${apiName}}/`;
  const suffix = stage + (route.path === '$default' ? '' : route.path.replace(/\{[^}]*\}/g, '*'));
  const sourceArn = mapNode({ 'Fn::Sub': textNode(arn + suffix, event.place) }, event.place);
  const allowed = permission(owner, event, 'apigateway.amazonaws.com', sourceArn);
  return { resources: [allowed], routes: [route], managed: [] };
}

function checkHttpApiEvent(what: string, properties: Node | undefined, report: Report): void {
  const known = ['ApiId', 'Auth', 'Method', 'Path', 'PayloadFormatVersion'];
  const refused = {
    RouteSettings: 'it throttles no routes',
    Stage: 'set StageName of the HttpApi',
    TimeoutInMillis: "set the function's Timeout",
  };
  checkKeys(properties, { what, known, refused }, report);
  const version = valueAt(properties, 'PayloadFormatVersion');
  if (version !== undefined && !/^2(\.0)?$/.test(textOf(version) ?? '')) {
    report.at(version.place, `${what}: the rehearsal speaks PayloadFormatVersion 2.0 only`);
  }
  const auth = valueAt(properties, 'Auth');
  checkKeys(auth, { what: `${what} Auth`, known: ['Authorizer'] }, report);
  const authorizer = valueAt(auth, 'Authorizer');
  if (authorizer !== undefined && !['NONE', 'AWS_IAM'].includes(textOf(authorizer) ?? '')) {
    report.at(
      authorizer.place,
      `${what}: the rehearsal knows the Authorizers NONE and AWS_IAM only`,
    );
  }
}
