import { ownMember } from '../../core/names/own-member.ts';
import { checkKeys } from '../check-keys.ts';
import { type MapEntry, mapNode, type Node, textNode, textOf, valueAt } from '../document/node.ts';
import type { Report } from '../report.ts';
import type { Resource } from '../sections.ts';
import { eventRule } from './event-rule.ts';
import type { HttpRoute } from './expanding.ts';
import { type FunctionEvent, NOTHING, permission } from './function-event.ts';
import { generate, getAttNode } from './generate.ts';
import { calledArn, calledName } from './published.ts';
import { lambdaIntegration, restRoute } from './rest-event.ts';
import { scheduleEvent } from './schedule-event.ts';
import { dynamoDbEvent, s3Event, snsEvent, sqsEvent } from './source-events.ts';

const EVENT_TYPES = [
  'Api',
  'CloudWatchEvent',
  'DynamoDB',
  'EventBridgeRule',
  'HttpApi',
  'Schedule',
  'ScheduleV2',
  'S3',
  'SNS',
  'SQS',
];

/** Types of AWS's that nothing here sends. */
const ELSEWHERE = ['AlexaSkill', 'CloudWatchLogs', 'Cognito', 'IoTRule'];

/** Types that are mappings of sources that are polled. */
const MAPPINGS: Readonly<Record<string, string>> = {
  DocumentDB: 'Cluster',
  Kinesis: 'Stream',
  MQ: 'Broker',
  MSK: 'Stream',
  SelfManagedKafka: 'KafkaBootstrapServers',
};

/** Expands one of a function's Events. */
export function functionEvent(owner: Resource, event: MapEntry, report: Report): FunctionEvent {
  const type = textOf(valueAt(event.value, 'Type')) ?? '';
  switch (type) {
    case 'HttpApi':
      return httpApiEvent(owner, event, report);
    case 'DynamoDB':
      return dynamoDbEvent(owner, event, report);
    case 'SQS':
      return sqsEvent(owner, event, report);
    case 'CloudWatchEvent':
    case 'EventBridgeRule':
    case 'Schedule':
      return ruleEvent(owner, event, report);
    case 'ScheduleV2': {
      const targetArn = calledArn(owner, event.place);
      const allowed = { action: 'lambda:InvokeFunction', policySuffix: 'LambdaPolicy' };
      const resources = scheduleEvent({ owner, event, targetArn, ...allowed }, report);
      return { ...NOTHING, resources };
    }
    case 'SNS':
      return snsEvent(owner, event, report);
    case 'Api':
      return apiEvent(owner, event, report);
    case 'S3':
      return s3Event(owner, event, report);
    default:
      return otherEvent(owner, event, type, report);
  }
}

function otherEvent(owner: Resource, event: MapEntry, type: string, report: Report): FunctionEvent {
  const { place } = event;
  const source = ownMember(MAPPINGS, type);
  if (source !== undefined) {
    const properties = valueAt(event.value, 'Properties');
    const { logicalId } = owner;
    const EventSourceArn = valueAt(properties, source) ?? textNode(`arn:aws:${type}`, place);
    const mapping = { FunctionName: calledName(owner, place), EventSourceArn };
    const id = `${logicalId}${event.key}`;
    const made = generate(owner, id, 'AWS::Lambda::EventSourceMapping', mapping, place);
    return { ...NOTHING, resources: [made] };
  }
  if (!ELSEWHERE.includes(type)) {
    refuseEvent(owner, event, type, EVENT_TYPES, report);
    return NOTHING;
  }
  const message = `${owner.logicalId} event ${event.key}: the rehearsal plays no ${type} events`;
  report.unrehearsed(place, { kind: 'source', subject: `${type} events` }, message);
  return NOTHING;
}

function apiEvent(owner: Resource, event: MapEntry, report: Report): FunctionEvent {
  const { place } = event;
  const route = restRoute(owner, event, lambdaIntegration(owner, place), report);
  const { apiId = 'ServerlessRestApi', method, path } = route;
  const arn = `arn:\${AWS::Partition}:execute-api:\${AWS::Region}:\${AWS::AccountId}:\${${apiId}}/*/`;
  const verb = method === 'any' ? '*' : method.toUpperCase();
  const suffix = `${verb}${path.replace(/\{[^}]*\}/g, '*')}`;
  const sourceArn = mapNode({ 'Fn::Sub': textNode(arn + suffix, place) }, place);
  const allowed = permission(owner, event, 'apigateway.amazonaws.com', sourceArn);
  return { ...NOTHING, resources: [allowed], restRoutes: [route] };
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
  const targetArn = calledArn(owner, event.place);
  const resources = eventRule(
    { owner, event, targetArn, roleArn: undefined, targetSuffix: 'LambdaTarget' },
    report,
  );
  const sourceArn = getAttNode(owner.logicalId + event.key, 'Arn', event.place);
  const allowed = permission(owner, event, 'events.amazonaws.com', sourceArn);
  return { ...NOTHING, resources: [...resources, allowed] };
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
    auth: valueAt(properties, 'Auth'),
    owner,
    place: event.place,
  };
  const apiName = apiId ?? 'ServerlessHttpApi';
  const stage = route.method === 'any' ? '*/*' : `*/${route.method.toUpperCase()}`;
  const arn = `arn:\${AWS::Partition}:execute-api:\${AWS::Region}:\${AWS::AccountId}:\${${apiName}}/`;
  const suffix = stage + (route.path === '$default' ? '' : route.path.replace(/\{[^}]*\}/g, '*'));
  const sourceArn = mapNode({ 'Fn::Sub': textNode(arn + suffix, event.place) }, event.place);
  const allowed = permission(owner, event, 'apigateway.amazonaws.com', sourceArn);
  return { ...NOTHING, resources: [allowed], routes: [route] };
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
  checkKeys(auth, { what: `${what} Auth`, known: ['AuthorizationScopes', 'Authorizer'] }, report);
}
