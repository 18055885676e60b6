import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import {
  isJsonObject,
  type Json,
  type JsonObject,
} from '../../packages/signalbox/src/core/json.ts';
import { list, objectAt, templates } from './templates.ts';

const stacks = Object.keys(templates);
const resources = stacks.flatMap((stack) =>
  Object.entries(objectAt(objectAt(templates, stack), 'Resources')).map(
    ([id, resource]) => [id, resource, stack] as const,
  ),
);

/** Actions that know no resource, or read lists (Service Authorization Reference); all others name theirs. */
const RESOURCELESS =
  /^(logs:(\w+LogDelivery|ListLogDeliveries|\w+ResourcePolic(y|ies)|DescribeLogGroups)|ce:Get\w+|rds:Describe\w+|autoscaling:Describe\w+|cloudwatch:(ListMetrics|GetMetric(Data|Statistics)|DescribeAlarms)|s3:ListAllMyBuckets|servicequotas:Get(AWSDefault)?ServiceQuota|xray:Put\w+)$/;

describe('the expanded templates', () => {
  test('are the root and one a domain, and no logical id stands in two of them', () => {
    const domains = ['Operations', 'Orders', 'Failover', 'Lifecycle', 'Costs'];
    expect(stacks).toEqual([
      'Root',
      ...domains,
      'Network',
      'WebTier',
      'DataTier',
      'Reports',
      'Edge',
    ]);
    const ids = resources.map(([id]) => id).filter((id) => !/(HttpApi|Api)\w*Stage$/.test(id));
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  });

  test('let EventBridge write to the dead-letter queue of every rule', () => {
    const rules = ofType('AWS::Events::Rule');
    expect(rules.length).toBeGreaterThan(0);

    for (const [id, rule, stack] of rules) {
      for (const target of list(objectAt(rule, 'Properties')['Targets'])) {
        const queue = ownerOf(objectAt(objectAt(target, 'DeadLetterConfig'), 'Arn'), stack);
        expect({ rule: id, queue, writable: mayWrite(queue, id) }).toEqual({
          rule: id,
          queue,
          writable: true,
        });
      }
    }
  });

  test('grant no wildcard action, and every resource only where an action knows none', () => {
    const found = statements();
    expect(found.length).toBeGreaterThan(18);

    for (const statement of found) {
      const text = JSON.stringify(statement);
      for (const action of list(statement['Action']))
        expect(`${action} in ${text}`).not.toMatch(/^[^"]*\*/);
      if (!list(statement['Resource']).includes('*')) continue;
      for (const action of list(statement['Action'])) expect(action).toMatch(RESOURCELESS);
    }
  });

  test('give every function a role of its own, a time-out, memory and a log group', () => {
    const functions = ofType('AWS::Lambda::Function').map(([, one]) => objectAt(one, 'Properties'));
    const roles = functions.map((one) => JSON.stringify(one['Role']));
    expect(new Set(roles).size).toBe(functions.length);

    for (const one of functions) {
      expect(one).toMatchObject({
        Timeout: expect.any(Number),
        MemorySize: expect.any(Number),
        LoggingConfig: expect.anything(),
      });
    }
  });

  test('protect every table: point-in-time recovery and encryption', () => {
    for (const [, table] of ofType('AWS::DynamoDB::Table')) {
      expect(table['Properties']).toMatchObject({
        BillingMode: 'PAY_PER_REQUEST',
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        SSESpecification: { SSEEnabled: true },
      });
    }
  });
});

describe('the topics of rules', () => {
  test('let EventBridge publish to every topic of a rule, which AWS’s own key would not', () => {
    const topics = new Map(ofType('AWS::SNS::Topic').map(([id, topic]) => [id, topic]));
    const notices = ofType('AWS::Events::Rule').flatMap(([id, rule, stack]) =>
      list(objectAt(rule, 'Properties')['Targets']).flatMap((target) => {
        const topic = ownerOf(objectAt(target, 'Arn'), stack);
        return topics.has(topic) ? [{ rule: id, topic }] : [];
      }),
    );
    expect(notices.length).toBeGreaterThan(0);

    for (const { rule, topic } of notices) {
      const { KmsMasterKeyId: key = null } = objectAt(topics.get(topic), 'Properties');
      expect({ rule, key, publishable: mayPublish(topic, rule) }).toEqual({
        rule,
        key: null,
        publishable: true,
      });
    }
  });
});

describe('the definitions', () => {
  const machines = ofType('AWS::StepFunctions::StateMachine').map(([id, machine]) => ({
    id,
    substitutions: Object.keys(
      objectAt(objectAt(machine, 'Properties'), 'DefinitionSubstitutions'),
    ),
    text: readFileSync(`statemachines/${fileOf(id)}/definition.asl.yaml`, 'utf8'),
  }));

  test.each(machines)(
    '$id has every substitution that it names, and no other',
    ({ substitutions, text }) => {
      const named = new Set([...text.matchAll(/\$\{(\w+)\}/g)].map(([, name]) => name));
      expect([...named].sort()).toEqual([...substitutions].sort());
    },
  );

  test('match errors of ours by their names', () => {
    expect(machines.flatMap(({ text }) => ownErrorNames(text))).toContain('PaymentDeclinedError');
  });

  test.each(machines)(
    '$id catches and retries only errors that a built function throws by that name',
    ({ text }) => {
      const artifacts = readdirSync('.aws-sam/build', { recursive: true, encoding: 'utf8' })
        .filter((file) => file.endsWith('handler.mjs'))
        .map((file) => readFileSync(`.aws-sam/build/${file}`, 'utf8'));
      expect(artifacts.length).toBeGreaterThan(40);
      for (const name of ownErrorNames(text)) {
        // A literal name survives minifying; one derived from the class does not.
        const thrown = artifacts.some((code) =>
          new RegExp(`name\\s*=\\s*["'\`]${name}["'\`]`).test(code),
        );
        expect({ name, thrown }).toEqual({ name, thrown: true });
      }
    },
  );
});

/** The names of errors that a definition matches and that are ours, not AWS's. */
function ownErrorNames(definition: string): readonly string[] {
  return [...new Set(errorNames(parse(definition)))].filter((name) => !name.includes('.'));
}

function fileOf(logicalId: string): string {
  const name = logicalId.replace(/StateMachine$/, '');
  return name.replace(/(?<!^)([A-Z])/g, '-$1').toLowerCase();
}

function errorNames(value: Json): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(errorNames);
  if (!isJsonObject(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === 'ErrorEquals' ? list(inner).map(String) : errorNames(inner),
  );
}

/** Returns whether a topic's policy names the rule, or all rules of a bus of the application's. */
function mayPublish(topic: string, rule: string): boolean {
  return ofType('AWS::SNS::TopicPolicy').some(([, policy]) => {
    const properties = objectAt(policy, 'Properties');
    const topics = list(properties['Topics']).map((one) => objectAt({ one }, 'one')['Ref']);
    const text = JSON.stringify(properties['PolicyDocument']);
    return (
      topics.includes(topic) &&
      text.includes('"events.amazonaws.com"') &&
      text.includes('"sns:Publish"') &&
      (text.includes(JSON.stringify({ 'Fn::GetAtt': [rule, 'Arn'] })) ||
        text.includes(':rule/${OperationsBus}/*"'))
    );
  });
}

/** Returns whether a queue's policy names the rule, or all rules whose generated names begin with the application's. */
function mayWrite(queue: string, rule: string): boolean {
  return ofType('AWS::SQS::QueuePolicy').some(([, policy]) => {
    const properties = objectAt(policy, 'Properties');
    const queues = list(properties['Queues']).map((one) => objectAt({ one }, 'one')['Ref']);
    const text = JSON.stringify(properties['PolicyDocument']);
    return (
      queues.includes(queue) &&
      text.includes('"events.amazonaws.com"') &&
      text.includes('"sqs:SendMessage"') &&
      (text.includes(JSON.stringify({ 'Fn::GetAtt': [rule, 'Arn'] })) ||
        (text.includes(':rule/${ApplicationName}-*"') && !hasOwnName(rule)))
    );
  });
}

function hasOwnName(rule: string): boolean {
  const found = ofType('AWS::Events::Rule').find(([id]) => id === rule);
  return objectAt(found?.[1], 'Properties')['Name'] !== undefined;
}

/** Logical id of the resource that a stack uses, itself or by an attribute, also where it is passed as a parameter. */
function ownerOf(value: JsonObject, stack: string): string {
  const parameter = value['Ref'];
  if (parameter === undefined) return String(list(value['Fn::GetAtt'])[0]);
  if (resources.some(([id, , home]) => id === parameter && home === stack))
    return String(parameter);
  const nested = objectAt(objectAt(objectAt(templates, 'Root'), 'Resources'), stack);
  const given = objectAt(objectAt(objectAt(nested, 'Properties'), 'Parameters'), String(parameter));
  const [other, output] = list(given['Fn::GetAtt']).map(String);
  const name = output?.replace(/^Outputs\./, '') ?? '';
  const outputs = objectAt(objectAt(templates, other ?? ''), 'Outputs');
  return ownerOf(objectAt(objectAt(outputs, name), 'Value'), other ?? '');
}

/** Of roles, and of policies that a stack puts into another one's role. */
function statements(): readonly JsonObject[] {
  const inRoles = ofType('AWS::IAM::Role').flatMap(([, role]) =>
    list(objectAt(role, 'Properties')['Policies']),
  );
  const alone = ofType('AWS::IAM::Policy').map(([, policy]) => objectAt(policy, 'Properties'));
  return [...inRoles, ...alone].flatMap((policy) =>
    list(objectAt(objectAt({ policy }, 'policy'), 'PolicyDocument')['Statement']).map((one) =>
      objectAt({ one }, 'one'),
    ),
  );
}

function ofType(type: string): readonly (readonly [string, JsonObject, string])[] {
  return resources.flatMap(([id, resource, stack]) =>
    isJsonObject(resource) && resource['Type'] === type ? [[id, resource, stack] as const] : [],
  );
}
