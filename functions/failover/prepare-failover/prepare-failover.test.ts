import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { Ajv } from 'ajv';
import { safeParse } from 'valibot';
import { FailoverRequestedSchema } from '../request.ts';
import { type Preparation, prepareFailover } from './prepare-failover.ts';

const requested = JSON.parse(readFileSync('events/failover/failover-requested.json', 'utf8'));
const plan = {
  version: 1,
  name: 'web-platform',
  recoveryTimeObjectiveSeconds: 900,
  recoveryPointObjectiveSeconds: 60,
  cooldownMinutes: 60,
  drillEveryDays: 30,
  approval: {
    real: 'required',
    drill: 'not-required',
    automatic: 'not-required',
    timeoutSeconds: 900,
  },
  applicationHealthAlarms: ['web'],
  triggers: [
    { alarm: 'database-down', scenario: 'database', mode: 'ungraceful' },
    {
      rds: { source: 'web-data', events: ['RDS-EVENT-0069', 'RDS-EVENT-0031'] },
      scenario: 'database',
      mode: 'ungraceful',
    },
    {
      health: {
        service: 'RDS',
        eventTypeCodes: ['AWS_RDS_OPERATIONAL_ISSUE'],
        entities: ['web-data'],
      },
      scenario: 'database',
      mode: 'ungraceful',
    },
  ],
  scenarios: {
    database: {
      waves: [{ name: 'database', steps: [{ kind: 'aurora-cluster', cluster: 'web-data' }] }],
    },
    both: {
      waves: [
        { name: 'database', steps: [{ kind: 'aurora-cluster', cluster: 'web-data' }] },
        { name: 'tier', steps: [{ kind: 'auto-scaling-group', group: 'web-tier' }] },
      ],
    },
    application: {
      applicationHealthAlarms: ['tier'],
      waves: [{ name: 'tier', steps: [{ kind: 'auto-scaling-group', group: 'web-tier' }] }],
    },
  },
};

function prepare(event: object, automaticFailover = 'enabled'): Preparation {
  const options = { plan: JSON.stringify(plan), automaticFailover };
  return prepareFailover({ ...requested, ...event }, options, 'us-east-1');
}

function request(changes: object, event: object = {}): Preparation {
  return prepare({ ...event, detail: { ...requested.detail, ...changes } });
}

function alarm(value: string, changes: object = {}): object {
  return {
    source: 'aws.cloudwatch',
    'detail-type': 'CloudWatch Alarm State Change',
    detail: {
      alarmName: 'database-down',
      state: { value, reason: 'Threshold crossed', timestamp: '2026-11-22T09:29:30.000+0000' },
      ...changes,
    },
  };
}

function rds(detail: object): object {
  return {
    source: 'aws.rds',
    detail: {
      SourceIdentifier: 'web-data',
      SourceType: 'CLUSTER',
      EventID: 'RDS-EVENT-0069',
      Message: 'Cluster failover failed',
      ...detail,
    },
  };
}

function health(detail: object): object {
  return {
    source: 'aws.health',
    detail: {
      eventArn: 'arn:aws:health:us-east-1::event/RDS/1',
      service: 'RDS',
      eventTypeCode: 'AWS_RDS_OPERATIONAL_ISSUE',
      statusCode: 'open',
      ...detail,
    },
  };
}

function refusal(run: () => unknown): string {
  try {
    run();
    return 'none';
  } catch (error) {
    return error instanceof Error ? `${error.name}: ${error.message}` : '';
  }
}

describe('an operator’s request', () => {
  test('becomes a run with every default written out', () => {
    expect(request({ requestId: 'drill-1' })).toEqual({
      decision: 'start',
      failover: {
        failoverId: 'drill-1',
        scenario: 'database',
        mode: 'graceful',
        kind: 'drill',
        origin: 'operator',
        isAutomatic: false,
        reason: 'Game day of November',
        requestedBy: 'arn:aws:iam::123456789012:user/ada',
        detectedAt: '2026-11-22T09:30:00Z',
        plan: 'web-platform',
        objectives: { recoveryTimeSeconds: 900, recoveryPointSeconds: 60 },
        cooldownMinutes: 60,
        approval: { isRequired: false, timeoutSeconds: 900 },
        verification: { alarms: ['web'], healthUrl: undefined, timeoutSeconds: 600 },
        targets: ['plan:web-platform', 'aurora:us-east-1:web-data'],
        waves: [
          {
            name: 'database',
            steps: [
              {
                stepId: '1-1',
                kind: 'aurora-cluster',
                cluster: 'web-data',
                maxReplicaLagMs: 2_000,
                timeoutSeconds: 600,
                waitSeconds: 5,
              },
            ],
          },
        ],
      },
    });
  });

  test('has the same id however often its event comes, and another with another event', () => {
    const [first, again, other] = [request({}), request({}), request({}, { id: 'other' })];

    expect(again).toEqual(first);
    expect(other.failover.failoverId).not.toBe(first.failover.failoverId);
  });

  test('names its instance and its capacity in place of the plan’s', () => {
    expect(request({ targetInstance: 'web-data-3' })).toMatchObject({
      failover: { waves: [{ steps: [{ targetInstance: 'web-data-3' }] }] },
    });
    expect(request({ scenario: 'application', desiredCapacity: 7 })).toMatchObject({
      failover: { waves: [{ steps: [{ desiredCapacity: 7 }] }] },
    });
    expect(request({ scenario: 'application' })).toMatchObject({
      failover: { waves: [{ steps: [{ desiredCapacity: 10 }] }] },
    });
  });

  test('leaves waves out, and says so wherever its reason is read', () => {
    const reason = 'a'.repeat(1_000);
    const prepared = request({ scenario: 'both', skipWaves: ['database'], reason });

    expect(prepared).toMatchObject({
      failover: {
        waves: [{ name: 'tier', steps: [{ stepId: '2-1' }] }],
        targets: ['plan:web-platform', 'auto-scaling:us-east-1:web-tier'],
        reason: expect.stringMatching(/^a{981} \(without database\)$/),
      },
    });
    expect(refusal(() => request({ scenario: 'both', skipWaves: ['traffic'] }))).toBe(
      'InvalidFailoverRequestError: Scenario "both" has no wave traffic: it has database, tier',
    );
    expect(refusal(() => request({ scenario: 'both', skipWaves: ['tier', 'database'] }))).toBe(
      'InvalidFailoverRequestError: Nothing is left of scenario "both" without tier, database',
    );
  });

  test('that names what its scenario does not have is refused', () => {
    expect(refusal(() => request({ scenario: 'application', targetInstance: 'x' }))).toBe(
      'InvalidFailoverRequestError: Scenario "application" takes no targetInstance',
    );
    expect(refusal(() => request({ desiredCapacity: 7 }))).toBe(
      'InvalidFailoverRequestError: Scenario "database" takes no desiredCapacity',
    );
  });

  test.each(['nonsense', 'constructor', '__proto__'])(
    'for the scenario %s fails loudly',
    (scenario) => {
      expect(refusal(() => request({ scenario }))).toBe(
        `UnknownScenarioError: The plan has no scenario "${scenario}": it has database, both, application`,
      );
    },
  );

  test('that is malformed is refused, with everything that is wrong', () => {
    expect(refusal(() => request({ mode: 'quick', kind: undefined, note: 1 }))).toMatch(
      /^InvalidFailoverRequestError: The event is no valid FailoverRequested: mode: .*; kind: Is missing; note: Is not a known field$/,
    );
  });

  test('asks for approval as its kind wants it', () => {
    expect(request({ kind: 'real' })).toMatchObject({
      failover: { approval: { isRequired: true } },
    });
    expect(request({ kind: 'dry-run' })).toMatchObject({
      failover: { approval: { isRequired: false } },
    });
  });

  test('goes on while the kill switch is off', () => {
    expect(prepare({}, 'disabled').decision).toBe('start');
  });
});

test('a scenario that names alarms of its own is verified by these', () => {
  const byScenario = (scenario: string) => request({ scenario, requestId: 'a' });

  expect(byScenario('application')).toMatchObject({
    failover: { verification: { alarms: ['tier'] } },
  });
  expect(byScenario('database')).toMatchObject({ failover: { verification: { alarms: ['web'] } } });
});

describe('the schedule of game days', () => {
  test('starts drills', () => {
    expect(prepare({ source: 'signalbox.schedule' })).toMatchObject({
      decision: 'start',
      failover: { origin: 'schedule', isAutomatic: false, kind: 'drill' },
    });
  });

  test('starts nothing real', () => {
    expect(refusal(() => request({ kind: 'real' }, { source: 'signalbox.schedule' }))).toBe(
      'InvalidFailoverRequestError: A schedule starts drills and dry runs, never a real run',
    );
  });
});

describe('an alarm', () => {
  test('that the plan names starts its scenario, detected when it was raised', () => {
    expect(prepare(alarm('ALARM'))).toMatchObject({
      decision: 'start',
      failover: {
        origin: 'alarm',
        isAutomatic: true,
        kind: 'real',
        mode: 'ungraceful',
        detectedAt: '2026-11-22T09:29:30.000Z',
        reason: 'Alarm database-down: Threshold crossed',
        alarm: 'database-down',
        approval: { isRequired: false },
      },
    });
  });

  test('is one failover for each time it is raised', () => {
    const first = prepare(alarm('ALARM'));
    const again = prepare({ ...alarm('ALARM'), id: 'another-event' });
    const later = prepare(
      alarm('ALARM', { state: { value: 'ALARM', timestamp: '2026-11-22T09:40:00.000+0000' } }),
    );

    expect(again.failover.failoverId).toBe(first.failover.failoverId);
    expect(later.failover.failoverId).not.toBe(first.failover.failoverId);
  });

  test.each([
    ['OK again', alarm('OK'), 'The alarm database-down is in state OK'],
    ['unknown', alarm('ALARM', { alarmName: 'x' }), 'The plan names no alarm x'],
  ])('that is %s starts nothing', (_, event, reason) => {
    expect(prepare(event)).toMatchObject({ decision: 'suppressed', reason });
  });

  test('starts nothing while the kill switch is off', () => {
    expect(prepare(alarm('ALARM'), 'disabled')).toMatchObject({
      decision: 'suppressed',
      failover: { scenario: 'database' },
      reason: 'Automatic failovers are disabled',
    });
    expect(prepare(alarm('ALARM'), '').decision).toBe('suppressed');
  });

  test('that cannot be read is refused', () => {
    expect(refusal(() => prepare({ source: 'aws.cloudwatch', detail: {} }))).toContain(
      'InvalidFailoverRequestError: Cannot read the event of aws.cloudwatch: alarmName: Is missing',
    );
  });
});

describe('an event of RDS', () => {
  test('of the cluster starts its scenario', () => {
    const { failover } = prepare(rds({}));

    expect(failover).toMatchObject({ origin: 'rds', isAutomatic: true });
    expect(failover).not.toHaveProperty('failedInstance');
  });

  test('of an instance says which, for the checks to see whether it writes', () => {
    const instance = {
      SourceIdentifier: 'web-data-2',
      SourceType: 'DB_INSTANCE',
      EventID: 'RDS-EVENT-0031',
    };

    expect(prepare(rds(instance))).toMatchObject({ failover: { failedInstance: 'web-data-2' } });
  });

  test.each([
    { SourceIdentifier: 'web-database' },
    { SourceIdentifier: 'web-data-archive' },
    { SourceIdentifier: 'web-data', SourceType: 'DB_INSTANCE' },
    { SourceIdentifier: 'web-data-snap', SourceType: 'CLUSTER_SNAPSHOT' },
    { SourceIdentifier: 'other' },
    { EventID: 'RDS-EVENT-0071' },
  ])('that the plan does not name starts nothing: %j', (detail) => {
    expect(prepare(rds(detail)).decision).toBe('suppressed');
  });
});

describe('an event of AWS Health', () => {
  test('about this Region starts its scenario, once for all its updates', () => {
    const first = prepare(health({}));

    expect(first).toMatchObject({ decision: 'start', failover: { origin: 'health' } });
    expect(prepare({ ...health({}), id: 'update' }).failover.failoverId).toBe(
      first.failover.failoverId,
    );
  });

  test('is never acted on before a person has agreed, whatever the plan says of triggers', () => {
    expect(prepare(health({}))).toMatchObject({ failover: { approval: { isRequired: true } } });
  });

  test('says which resources of ours it names, or that it names none', () => {
    const entities = (...names: readonly string[]) =>
      health({ affectedEntities: names.map((entityValue) => ({ entityValue })) });
    const arn = 'arn:aws:rds:us-east-1:123456789012:db:web-data-2';

    expect(prepare(entities('other', arn, 'web-data'))).toMatchObject({
      failover: {
        reason: `AWS Health: AWS_RDS_OPERATIONAL_ISSUE, which affects ${arn}, web-data`,
      },
    });
    expect(prepare(health({ eventScopeCode: 'PUBLIC' }))).toMatchObject({
      failover: {
        reason:
          'AWS Health: AWS_RDS_OPERATIONAL_ISSUE, which names no resource (PUBLIC): whether yours are affected is not known',
      },
    });
  });

  test('that names only resources of others starts nothing, and leaves its id to its next page', () => {
    const page = (number: string, name: string) =>
      prepare(health({ affectedEntities: [{ entityValue: name }], page: number }));
    const [others, ours] = [page('1', 'web-database-1'), page('2', 'web-data-1')];

    expect(others).toMatchObject({
      decision: 'suppressed',
      reason: "The health event is about web-database-1, none of which is the plan's",
    });
    expect(ours.decision).toBe('start');
    expect(ours.failover.failoverId).not.toBe(others.failover.failoverId);
  });

  test.each([
    { statusCode: 'closed' },
    { eventRegion: 'us-west-2' },
    { service: 'EC2' },
    { eventTypeCode: 'AWS_RDS_MAINTENANCE_SCHEDULED' },
  ])('that is no reason starts nothing: %j', (detail) => {
    expect(prepare(health(detail)).decision).toBe('suppressed');
  });
});

test('an event of anybody else is refused', () => {
  expect(refusal(() => prepare({ source: 'aws.ec2' }))).toBe(
    'InvalidFailoverRequestError: No failover starts by an event of aws.ec2',
  );
});

describe('FailoverRequestedSchema', () => {
  test.each([
    {},
    { requestId: 'a b' },
    { requestId: 'a'.repeat(65) },
    { desiredCapacity: 0 },
    { desiredCapacity: 1.5 },
    { desiredCapacity: 10_001 },
    { targetInstance: '' },
    { skipWaves: ['traffic'] },
    { skipWaves: [''] },
    { skipWaves: 'traffic' },
    { skipWaves: Array(6).fill('traffic') },
    { detectedAt: '2026-11-22' },
    { detectedAt: '2026-11-22T09:30:00.5Z' },
    { reason: '' },
    { reason: 'a'.repeat(1_001) },
    { kind: 'test' },
    { version: 2 },
    { extra: 1 },
  ])('agrees with the JSON schema on %j', (changes) => {
    const schema = JSON.parse(
      readFileSync('events/failover/failover-requested.schema.json', 'utf8'),
    );
    const detail = { ...requested.detail, ...changes };

    const byJsonSchema = new Ajv().validate(schema, { ...requested, detail });

    expect(safeParse(FailoverRequestedSchema, detail).success).toBe(byJsonSchema);
  });
});
