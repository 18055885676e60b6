import { checkKeys } from '../check-keys.ts';
import { listNode, type MapEntry, type Node, textOf, valueAt } from '../document/node.ts';
import type { Report } from '../report.ts';
import type { Resource } from '../sections.ts';
import { eventRule } from './event-rule.ts';
import { executionRole } from './execution-role.ts';
import type { Expanding, Expansion } from './expanding.ts';
import { eventsOf } from './function.ts';
import { refuseEvent } from './function-events.ts';
import { allowDocument, generate, getAttNode, inlinePolicy, refNode, trustOf } from './generate.ts';
import { executionIntegration, restRoute } from './rest-event.ts';
import { scheduleEvent } from './schedule-event.ts';

const SUPPORTED = [
  'Definition',
  'DefinitionSubstitutions',
  'DefinitionUri',
  'Events',
  'Name',
  'Policies',
  'Role',
  'RolePath',
  'Tracing',
  'Type',
];

/** Properties that change nothing on one machine. */
const INERT = ['Logging', 'PermissionsBoundary', 'PropagateTags', 'Tags'];

const ALIASES = 'it publishes no versions or aliases';

const REFUSED: Readonly<Record<string, string>> = {
  AutoPublishAlias: ALIASES,
  DeploymentPreference: ALIASES,
  UseAliasAsEventTarget: ALIASES,
};

/** Properties that an Api event of a state machine has besides those of a function's. */
const API_KEYS = ['UnescapeMappingTemplate'];

const EVENT_TYPES = ['Api', 'CloudWatchEvent', 'EventBridgeRule', 'Schedule', 'ScheduleV2'];

/** Expands `AWS::Serverless::StateMachine` to the state machine, its role, and the rules of its events. */
export function expandStateMachine(resource: Resource, expanding: Expanding): Expansion {
  const { logicalId, properties, place } = resource;
  const { report, partition } = expanding;
  const what = `AWS::Serverless::StateMachine ${logicalId}`;
  checkKeys(properties, { what, known: [...SUPPORTED, ...INERT], refused: REFUSED }, report);
  const role = valueAt(properties, 'Role');
  const policies = valueAt(properties, 'Policies');
  if (role !== undefined && policies !== undefined) {
    report.at(
      policies.place,
      `${what}: Specify either 'Role' or 'Policies' (but not both at the same time)`,
    );
  }
  const traced = textOf(valueAt(valueAt(properties, 'Tracing'), 'Enabled')) === 'true';
  const managed = traced ? ['AWSXrayWriteOnlyAccess'] : [];
  const parts = { service: 'states.amazonaws.com', managed, inline: [] };
  const implicit =
    role === undefined ? executionRole(resource, parts, partition, report) : undefined;
  const machine = generate(resource, logicalId, 'AWS::StepFunctions::StateMachine', {
    StateMachineName: valueAt(properties, 'Name'),
    StateMachineType: valueAt(properties, 'Type'),
    Definition: valueAt(properties, 'Definition'),
    DefinitionS3Location: valueAt(properties, 'DefinitionUri'),
    DefinitionSubstitutions: valueAt(properties, 'DefinitionSubstitutions'),
    RoleArn: implicit === undefined ? role : getAttNode(implicit.logicalId, 'Arn', place),
  });
  const events = eventsOf(resource, expanding);
  const [apiEvents, starts] = [true, false].map((wanted) =>
    events.filter(({ value }) => (textOf(valueAt(value, 'Type')) === 'Api') === wanted),
  );
  return {
    resources: [
      machine,
      ...(implicit === undefined ? [] : [implicit]),
      ...(starts ?? []).flatMap((event) => startEvent(resource, event, report)),
    ],
    routes: [],
    bucketEvents: [],
    restRoutes: (apiEvents ?? []).map((event) =>
      restRoute(resource, event, executionIntegration(resource, event), report, API_KEYS),
    ),
  };
}

function startEvent(owner: Resource, event: MapEntry, report: Report): readonly Resource[] {
  const type = textOf(valueAt(event.value, 'Type')) ?? '';
  if (!EVENT_TYPES.includes(type)) {
    refuseEvent(owner, event, type, EVENT_TYPES, report);
    return [];
  }
  const { place } = event;
  const targetArn = refNode(owner.logicalId, place);
  if (type === 'ScheduleV2') {
    const allowed = { action: 'states:StartExecution', policySuffix: 'StartExecutionPolicy' };
    return scheduleEvent({ owner, event, targetArn, ...allowed }, report);
  }
  const given = valueAt(valueAt(event.value, 'Properties'), 'RoleArn');
  const role = given === undefined ? startRole(owner, event, targetArn) : undefined;
  const roleArn = role === undefined ? given : getAttNode(role.logicalId, 'Arn', place);
  const rule = { owner, event, targetArn, roleArn, targetSuffix: 'StepFunctionsTarget' };
  return [...eventRule(rule, report), ...(role === undefined ? [] : [role])];
}

function startRole(owner: Resource, event: MapEntry, targetArn: Node): Resource {
  const { place } = event;
  const roleId = `${owner.logicalId}${event.key}Role`;
  const document = allowDocument(['states:StartExecution'], targetArn, place);
  const policy = inlinePolicy(`${roleId}StartExecutionPolicy`, document, place);
  return generate(
    owner,
    roleId,
    'AWS::IAM::Role',
    {
      AssumeRolePolicyDocument: trustOf('events.amazonaws.com', place),
      Policies: listNode([policy], place),
    },
    place,
  );
}
