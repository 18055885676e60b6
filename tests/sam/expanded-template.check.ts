import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import {
  isJsonObject,
  type Json,
  type JsonObject,
} from '../../packages/signalbox/src/core/json.ts';

const template: JsonObject = JSON.parse(readFileSync('.aws-sam/expanded.json', 'utf8'));
const resources = Object.entries(objectAt(template, 'Resources'));

/** Actions that know no resource, or read lists (Service Authorization Reference); all others name theirs. */
const RESOURCELESS =
  /^(logs:(\w+LogDelivery|ListLogDeliveries|\w+ResourcePolic(y|ies)|DescribeLogGroups)|ce:Get\w+|rds:Describe\w+|autoscaling:Describe\w+|cloudwatch:(ListMetrics|GetMetric(Data|Statistics)|DescribeAlarms)|s3:ListAllMyBuckets|xray:Put\w+)$/;

describe('the expanded template', () => {
  test('lets EventBridge write to the dead-letter queue of every rule', () => {
    const rules = ofType('AWS::Events::Rule');
    expect(rules.length).toBeGreaterThan(0);

    for (const [id, rule] of rules) {
      for (const target of list(objectAt(rule, 'Properties')['Targets'])) {
        const queue = attributeOf(objectAt(objectAt(target, 'DeadLetterConfig'), 'Arn'));
        expect({ rule: id, queue, writable: mayWrite(queue, id) }).toEqual({
          rule: id,
          queue,
          writable: true,
        });
      }
    }
  });

  test('grants no wildcard action, and every resource only where an action knows none', () => {
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

  test('gives every function a role of its own, a time-out, memory and a log group', () => {
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

  test('protects every table: point-in-time recovery and encryption', () => {
    for (const [, table] of ofType('AWS::DynamoDB::Table')) {
      expect(table['Properties']).toMatchObject({
        BillingMode: 'PAY_PER_REQUEST',
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        SSESpecification: { SSEEnabled: true },
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

  test.each(machines)(
    '$id catches and retries only errors that a built function throws by that name',
    ({ text }) => {
      const own = [...new Set(errorNames(parse(text)))].filter((name) => !name.includes('.'));
      expect(own.length).toBeGreaterThan(0);

      const artifacts = readdirSync('.aws-sam/build', { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map(({ name }) => readFileSync(`.aws-sam/build/${name}/handler.mjs`, 'utf8'));
      for (const name of own) {
        // A literal name survives minifying; one derived from the class does not.
        const thrown = artifacts.some((code) =>
          new RegExp(`name\\s*=\\s*["'\`]${name}["'\`]`).test(code),
        );
        expect({ name, thrown }).toEqual({ name, thrown: true });
      }
    },
  );
});

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

function mayWrite(queue: string, rule: string): boolean {
  return ofType('AWS::SQS::QueuePolicy').some(([, policy]) => {
    const properties = objectAt(policy, 'Properties');
    const queues = list(properties['Queues']).map((one) => objectAt({ one }, 'one')['Ref']);
    const text = JSON.stringify(properties['PolicyDocument']);
    return (
      queues.includes(queue) &&
      text.includes('"events.amazonaws.com"') &&
      text.includes('"sqs:SendMessage"') &&
      text.includes(JSON.stringify({ 'Fn::GetAtt': [rule, 'Arn'] }))
    );
  });
}

function statements(): readonly JsonObject[] {
  return ofType('AWS::IAM::Role').flatMap(([, role]) =>
    list(objectAt(role, 'Properties')['Policies']).flatMap((policy) =>
      list(objectAt(objectAt({ policy }, 'policy'), 'PolicyDocument')['Statement']).map((one) =>
        objectAt({ one }, 'one'),
      ),
    ),
  );
}

function ofType(type: string): readonly (readonly [string, JsonObject])[] {
  return resources.flatMap(([id, resource]) =>
    isJsonObject(resource) && resource['Type'] === type ? [[id, resource] as const] : [],
  );
}

function list(value: Json | undefined): readonly Json[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}

function objectAt(value: Json | undefined, key: string): JsonObject {
  const inner = isJsonObject(value) ? value[key] : undefined;
  if (isJsonObject(inner)) return inner;
  throw new TypeError(`No object at ${key} of ${JSON.stringify(value)}`);
}

function attributeOf(getAtt: JsonObject): string {
  return String(list(getAtt['Fn::GetAtt'])[0]);
}
