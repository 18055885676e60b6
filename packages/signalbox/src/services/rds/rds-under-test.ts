import type { JsonObject } from '../../core/json.ts';
import { createTestClock } from '../../core/test-clock.ts';
import type { RdsServiceEvent } from './model/event-log.ts';
import { createRds } from './rds.ts';

/** The Region of the app under test. */
export const EAST = 'us-east-1';
/** The peer Region. */
export const WEST = 'us-west-2';

const CALLER_ARN = 'arn:aws:iam::123456789012:root';

/** A cluster of three instances, and a global cluster whose primary is in the west. */
export const RDS_SECTION: JsonObject = {
  clusters: [
    {
      region: EAST,
      identifier: 'web-data',
      engine: 'aurora-postgresql',
      engineVersion: '17.4',
      writer: 'web-data-1',
      replicaLagMs: 18,
      connections: { writer: 40, reader: 25 },
      instances: [
        instance('web-data-1', `${EAST}a`, 0),
        instance('web-data-2', `${EAST}b`, 1),
        instance('web-data-3', `${EAST}c`, 1),
      ],
    },
    {
      region: WEST,
      identifier: 'web-global-west',
      engine: 'aurora-postgresql',
      writer: 'web-global-west-1',
      globalLagMs: 210,
      instances: [
        instance('web-global-west-1', `${WEST}a`, 0),
        instance('web-global-west-2', `${WEST}b`, 1),
      ],
    },
    {
      region: EAST,
      identifier: 'web-global-east',
      engine: 'aurora-postgresql',
      globalLagMs: 240,
      instances: [
        instance('web-global-east-1', `${EAST}a`, 0),
        instance('web-global-east-2', `${EAST}b`, 1),
      ],
    },
  ],
  globalClusters: [
    {
      identifier: 'web-global',
      primary: { region: WEST, cluster: 'web-global-west' },
      secondaries: [{ region: EAST, cluster: 'web-global-east' }],
    },
  ],
};

/** An instance of the file of simulated resources. */
export function instance(
  identifier: string,
  availabilityZone: string,
  promotionTier: number,
): JsonObject {
  return { identifier, instanceClass: 'db.r6g.large', availabilityZone, promotionTier };
}

/** The ARN of a cluster under test. */
export function clusterArn(region: string, identifier: string): string {
  return `arn:aws:rds:${region}:123456789012:cluster:${identifier}`;
}

/** An API response as a test reads it. */
export type RdsResponse = Readonly<Record<string, unknown>>;

/** Makes a seeded RDS on a clock that stands still, and ways to ask it. */
export function createRdsUnderTest(simulated: JsonObject = RDS_SECTION) {
  const clock = createTestClock();
  const rds = createRds({ clock, region: EAST, accountId: '123456789012' });
  const published: RdsServiceEvent[] = [];
  rds.onEvent((event) => {
    if (event.region === EAST) published.push(event);
  });
  rds.simulated.seed(simulated);

  async function call(action: string, input: object, region?: string): Promise<RdsResponse> {
    const run = rds.service.actions[action];
    if (run === undefined) throw new Error(`No such action: ${action}`);
    return { ...(await run(input, { arn: CALLER_ARN, region })) };
  }

  async function first(
    action: string,
    input: object,
    list: string,
    region?: string,
  ): Promise<RdsResponse> {
    const all = (await call(action, input, region))[list];
    const one: unknown = Array.isArray(all) ? all[0] : undefined;
    return { ...(typeof one === 'object' ? one : {}) };
  }

  return {
    ...rds,
    clock,
    call,
    /** The events on the default bus as `id source: message`. */
    said: () =>
      published.map(
        ({ detail }) => `${detail['EventID']} ${detail['SourceIdentifier']}: ${detail['Message']}`,
      ),
    published,
    cluster: (id: string, region?: string) =>
      first('DescribeDBClusters', { DBClusterIdentifier: id }, 'DBClusters', region),
    instance: (id: string, region?: string) =>
      first('DescribeDBInstances', { DBInstanceIdentifier: id }, 'DBInstances', region),
    global: (region?: string) => first('DescribeGlobalClusters', {}, 'GlobalClusters', region),
    /** Starts a fault. */
    breaks: (fault: string, target?: string) => rds.simulated.faults[fault]?.start(target),
    /** Ends a fault. */
    mends: (fault: string, target?: string) => rds.simulated.faults[fault]?.end(target),
    /** The member that a cluster shows as its writer. */
    async writer(id: string, region?: string): Promise<string | undefined> {
      const { DBClusterMembers } = await first(
        'DescribeDBClusters',
        { DBClusterIdentifier: id },
        'DBClusters',
        region,
      );
      const members: readonly { DBInstanceIdentifier: string; IsClusterWriter: boolean }[] =
        Array.isArray(DBClusterMembers) ? DBClusterMembers : [];
      return members.find(({ IsClusterWriter }) => IsClusterWriter)?.DBInstanceIdentifier;
    },
  };
}

/** RDS as a test asks it. */
export type RdsUnderTest = ReturnType<typeof createRdsUnderTest>;
