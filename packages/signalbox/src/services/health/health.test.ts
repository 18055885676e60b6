import {
  DescribeAffectedEntitiesCommand,
  DescribeEventDetailsCommand,
  DescribeEventsCommand,
  type EventFilter,
  HealthClient,
} from '@aws-sdk/client-health';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createTestClock, type TestClock } from '../../core/test-clock.ts';
import { clientOptions, startTestEndpoint } from '../../endpoint/endpoint-under-test.ts';
import { createHealth, type Health } from './health.ts';
import type { HealthBusEvent } from './service-event.ts';

const SECTION = {
  services: [
    { name: 'RDS', affectedEntities: ['web-data', 'web-global-east'] },
    { name: 'EC2', affectedEntities: ['web-tier'] },
  ],
};

const RDS_ARN =
  'arn:aws:health:us-east-1::event/RDS/AWS_RDS_OPERATIONAL_ISSUE/AWS_RDS_OPERATIONAL_ISSUE_u1';

let clock: TestClock;
let health: Health;
let published: HealthBusEvent[];
let endpoint: Awaited<ReturnType<typeof startTestEndpoint>>;
let client: HealthClient;

beforeEach(async () => {
  clock = createTestClock();
  let ids = 0;
  const uuid = () => {
    ids += 1;
    return `u${ids}`;
  };
  health = createHealth({ clock, region: 'us-east-1', accountId: '123456789012', uuid });
  health.simulated.seed(SECTION);
  published = [];
  health.onEvent((event) => void published.push(event));
  endpoint = await startTestEndpoint([health.service]);
  client = new HealthClient(clientOptions(endpoint.url));
});

afterEach(async () => {
  await endpoint.close();
  expect(endpoint.bugs).toEqual([]);
});

function fault() {
  const found = health.simulated.faults['health-event'];
  if (found === undefined) throw new RangeError('Cannot find the fault');
  return found;
}

async function services(filter: EventFilter): Promise<readonly (string | undefined)[]> {
  const { events = [] } = await client.send(new DescribeEventsCommand({ filter }));
  return events.map(({ service }) => service);
}

describe('health-event', () => {
  test('opens an issue, which mending closes, and notifies the bus in AWS’s form', async () => {
    expect(fault().start(undefined)).toBe('AWS_RDS_OPERATIONAL_ISSUE is open in us-east-1');
    await clock.advance(60_000);
    expect(fault().end('rds')).toBe('AWS_RDS_OPERATIONAL_ISSUE is closed');

    expect(published[0]).toEqual({
      source: 'aws.health',
      detailType: 'AWS Health Event',
      region: 'us-east-1',
      resources: ['web-data', 'web-global-east'],
      time: new Date('2026-01-05T10:00:00.000Z'),
      detail: {
        eventArn: RDS_ARN,
        service: 'RDS',
        eventTypeCode: 'AWS_RDS_OPERATIONAL_ISSUE',
        eventTypeCategory: 'issue',
        eventScopeCode: 'ACCOUNT_SPECIFIC',
        communicationId: 'u1-1767607200000',
        startTime: 'Mon, 05 Jan 2026 10:00:00 GMT',
        lastUpdatedTime: 'Mon, 05 Jan 2026 10:00:00 GMT',
        statusCode: 'open',
        eventRegion: 'us-east-1',
        eventDescription: [
          {
            language: 'en_US',
            latestDescription:
              'We are investigating increased error rates of RDS in the us-east-1 Region.',
          },
        ],
        affectedEntities: [
          {
            entityValue: 'web-data',
            lastUpdatedTime: 'Mon, 05 Jan 2026 10:00:00 GMT',
            status: 'IMPAIRED',
          },
          {
            entityValue: 'web-global-east',
            lastUpdatedTime: 'Mon, 05 Jan 2026 10:00:00 GMT',
            status: 'IMPAIRED',
          },
        ],
        affectedAccount: '123456789012',
        page: '1',
        totalPages: '1',
      },
    });
    expect(published[1]).toMatchObject({
      detail: {
        eventArn: RDS_ARN,
        statusCode: 'closed',
        endTime: 'Mon, 05 Jan 2026 10:01:00 GMT',
        affectedEntities: [{ status: 'UNIMPAIRED' }, { status: 'UNIMPAIRED' }],
      },
    });
    expect(health.simulated.show()).toMatchObject({
      events: [{ service: 'RDS', statusCode: 'closed' }],
    });
  });

  test('opens one issue a service, closes none twice, and refuses unknown services', () => {
    fault().start('EC2');

    expect(fault().start('EC2')).toBe('AWS_EC2_OPERATIONAL_ISSUE is open already');
    fault().end('EC2');
    expect(fault().end('EC2')).toBe('no issue of EC2 is open');
    expect(published).toHaveLength(2);
    expect(() => fault().start('MARS')).toThrow(expect.objectContaining({ code: 'usage' }));
  });

  test('is forgotten when the simulated resources are seeded', async () => {
    fault().start('EC2');
    health.simulated.seed(SECTION);

    expect(await services({})).toEqual([]);
    expect(() => health.simulated.seed({ services: [{}] })).toThrow(
      'health.services[0].name: Missing',
    );
  });
});

describe('DescribeEvents', () => {
  beforeEach(async () => {
    fault().start('RDS');
    await clock.advance(60_000);
    fault().start('EC2');
    await clock.advance(60_000);
    fault().end('EC2');
  });

  test('lists events as AWS does, the last updated first', async () => {
    const { events } = await client.send(new DescribeEventsCommand({}));

    expect(events).toEqual([
      expect.objectContaining({
        service: 'EC2',
        statusCode: 'closed',
        endTime: new Date('2026-01-05T10:02:00.000Z'),
      }),
      {
        arn: RDS_ARN,
        service: 'RDS',
        eventTypeCode: 'AWS_RDS_OPERATIONAL_ISSUE',
        eventTypeCategory: 'issue',
        region: 'us-east-1',
        startTime: new Date('2026-01-05T10:00:00.000Z'),
        lastUpdatedTime: new Date('2026-01-05T10:00:00.000Z'),
        statusCode: 'open',
        eventScopeCode: 'ACCOUNT_SPECIFIC',
      },
    ]);
  });

  test.each<[EventFilter, readonly string[]]>([
    [{ services: ['RDS'] }, ['RDS']],
    [{ eventStatusCodes: ['open'] }, ['RDS']],
    [{ eventTypeCodes: ['AWS_EC2_OPERATIONAL_ISSUE'] }, ['EC2']],
    [{ eventTypeCategories: ['scheduledChange'] }, []],
    [{ regions: ['us-west-2'] }, []],
    [{ eventArns: [RDS_ARN] }, ['RDS']],
    [{ entityValues: ['web-tier', 'other'] }, ['EC2']],
    [{ startTimes: [{ from: new Date('2026-01-05T10:00:30Z') }] }, ['EC2']],
    [{ lastUpdatedTimes: [{ to: new Date('2026-01-05T10:00:30Z') }] }, ['RDS']],
    [{ endTimes: [{ from: new Date('2026-01-05T10:00:00Z') }] }, ['EC2']],
  ])('filters by %j', async (filter, expected) => {
    expect(await services(filter)).toEqual(expected);
  });

  test('pages through many', async () => {
    for (let i = 0; i < 10; i += 1) {
      fault().start('EC2');
      fault().end('EC2');
    }
    const first = await client.send(new DescribeEventsCommand({ maxResults: 10 }));
    const { nextToken } = first;
    const second = await client.send(new DescribeEventsCommand({ maxResults: 10, nextToken }));

    expect([first.events?.length, second.events?.length]).toEqual([10, 2]);
    expect(second.nextToken).toBeUndefined();
  });

  test.each([
    [{ nextToken: 'mine' }, 'InvalidPaginationToken'],
    [{ maxResults: 5 }, 'ValidationException'],
    [{ locale: 'fr' }, 'UnsupportedLocale'],
    [{ filter: { tags: [{ team: 'web' }] } }, 'ValidationException'],
  ])('refuses %j', async (input, name) => {
    const refused = client.send(new DescribeEventsCommand(input));

    await expect(refused).rejects.toMatchObject({ name });
  });
});

describe('DescribeEventDetails', () => {
  test('describes what is known, and lists ARNs that nobody has', async () => {
    fault().start('RDS');
    const eventArns = [RDS_ARN, 'arn:aws:health:us-east-1::event/EC2/AWS_EC2_NONE/none'];

    const output = await client.send(new DescribeEventDetailsCommand({ eventArns }));

    expect(output).toMatchObject({
      successfulSet: [
        {
          event: { arn: RDS_ARN, statusCode: 'open' },
          eventDescription: { latestDescription: expect.stringContaining('investigating') },
        },
      ],
      failedSet: [{ eventArn: 'arn:aws:health:us-east-1::event/EC2/AWS_EC2_NONE/none' }],
    });
    const none = client.send(new DescribeEventDetailsCommand({ eventArns: [] }));
    await expect(none).rejects.toMatchObject({ name: 'ValidationException' });
  });
});

describe('DescribeAffectedEntities', () => {
  const ask = async (filter: object) => {
    const { entities = [] } = await client.send(
      new DescribeAffectedEntitiesCommand({ filter: { eventArns: [RDS_ARN], ...filter } }),
    );
    return entities;
  };

  test('lists the resources that an event touches', async () => {
    fault().start('RDS');

    expect(await ask({})).toMatchObject([
      { eventArn: RDS_ARN, entityValue: 'web-data', statusCode: 'IMPAIRED' },
      { entityValue: 'web-global-east', awsAccountId: '123456789012' },
    ]);
    expect(await ask({ entityValues: ['web-data'] })).toHaveLength(1);
    expect(await ask({ statusCodes: ['UNIMPAIRED'] })).toEqual([]);
    await expect(ask({ eventArns: [] })).rejects.toMatchObject({ name: 'ValidationException' });
    await expect(ask({ tags: [{ a: 'b' }] })).rejects.toMatchObject({
      name: 'ValidationException',
    });
  });
});
