import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { AwsError } from '../../core/aws-error.ts';
import { UserError } from '../../core/user-error.ts';
import {
  clusterArn,
  createRdsUnderTest,
  EAST,
  RDS_SECTION,
  type RdsUnderTest,
  WEST,
} from './rds-under-test.ts';

const CLUSTERS = [
  { identifier: 'web-data', region: EAST },
  { identifier: 'web-global-east', region: EAST },
  { identifier: 'web-global-west', region: WEST },
];
const FAULTS = [
  'database',
  'database-target',
  'no-readers',
  'cluster-busy',
  'failover-throttled',
  'replica-lag',
  'region-database',
];
const TRANSITIONAL = [
  'failing-over',
  'switching-over',
  'promoting',
  'creating',
  'deleting',
  'starting',
  'stopping',
];
/** Longer than anything takes, a failover that makes the writer anew within a resynchronization too. */
const LONG_MS = 3 * 3_600_000;

const cluster = fc.constantFrom(...CLUSTERS);
const index = fc.integer({ min: 1, max: 4 });
const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('failover' as const),
      cluster,
      index: fc.option(index),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('switch' as const),
      // Often those that leave something to switch.
      action: fc.constantFrom(
        ...['FailoverGlobalCluster', 'FailoverGlobalCluster', 'FailoverGlobalCluster'],
        ...['SwitchoverGlobalCluster', 'SwitchoverGlobalCluster', 'RemoveFromGlobalCluster'],
      ),
      cluster: fc.constantFrom(...CLUSTERS.slice(1)),
      from: fc.constantFrom(EAST, WEST),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('instance' as const),
      action: fc.constantFrom(
        'CreateDBInstance',
        'DeleteDBInstance',
        'RebootDBInstance',
        'ModifyDBInstance',
      ),
      cluster,
      index,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('cluster' as const),
      action: fc.constantFrom('StopDBCluster', 'StartDBCluster', 'ModifyDBCluster'),
      cluster,
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('break' as const),
      fault: fc.constantFrom(...FAULTS),
      cluster,
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('mend' as const), fault: fc.constantFrom(...FAULTS) }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('advance' as const),
      seconds: fc.integer({ min: 1, max: 400 }),
    }),
  },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** Any of them may outlast any other. */
const timings = fc.record({
  failoverSeconds: fc.integer({ min: 1, max: 200 }),
  writerFlagLagSeconds: fc.integer({ min: -20, max: 20 }),
  globalFailoverSeconds: fc.integer({ min: 1, max: 100 }),
  switchoverSeconds: fc.integer({ min: 1, max: 100 }),
  deleteSeconds: fc.integer({ min: 1, max: 200 }),
});

async function take(rds: RdsUnderTest, one: Step): Promise<unknown> {
  if (one.kind === 'advance') return rds.clock.advance(one.seconds * 1000);
  if (one.kind === 'mend') return rds.mends(one.fault);
  if (one.kind === 'break') return rds.breaks(one.fault, targetOf(one.fault, one.cluster));
  const { identifier, region } = one.cluster;
  if (one.kind === 'cluster')
    return rds.call(one.action, { DBClusterIdentifier: identifier }, region);
  if (one.kind === 'failover') {
    const TargetDBInstanceIdentifier =
      one.index === null ? undefined : `${identifier}-${one.index}`;
    return rds.call(
      'FailoverDBCluster',
      { DBClusterIdentifier: identifier, TargetDBInstanceIdentifier },
      region,
    );
  }
  if (one.kind === 'instance') return rds.call(one.action, instanceInput(one), region);
  const arn = clusterArn(region, identifier);
  const input = {
    GlobalClusterIdentifier: 'web-global',
    TargetDbClusterIdentifier: arn,
    DbClusterIdentifier: arn,
  };
  const flags = one.action === 'FailoverGlobalCluster' ? { AllowDataLoss: true } : {};
  return rds.call(one.action, { ...input, ...flags }, one.from);
}

function targetOf(fault: string, { identifier, region }: { identifier: string; region: string }) {
  if (fault === 'failover-throttled') return '2';
  return fault === 'region-database' ? region : identifier;
}

function instanceInput({ action, cluster, index }: Extract<Step, { kind: 'instance' }>): object {
  const DBInstanceIdentifier = `${cluster.identifier}-${index}`;
  if (action !== 'CreateDBInstance') {
    return { DBInstanceIdentifier, ...(action === 'ModifyDBInstance' && { PromotionTier: index }) };
  }
  return {
    DBInstanceIdentifier,
    DBClusterIdentifier: cluster.identifier,
    DBInstanceClass: 'db.r6g.large',
    Engine: 'aurora-postgresql',
  };
}

interface Seen {
  readonly status: string;
  readonly writer: object | null;
  readonly readers: readonly { readonly status: string }[];
}

/** Every cluster as the simulated resources shows it, the writer being who really writes. */
function clustersOf(rds: RdsUnderTest): readonly (Seen & { isSecondary: boolean })[] {
  const shown: {
    regions?: Record<string, { clusters: Record<string, Seen> }>;
    globalClusters?: Record<
      string,
      { status: string; members: { cluster: string; role: string }[] }
    >;
  } = JSON.parse(JSON.stringify(rds.simulated.show()));
  const members = Object.values(shown.globalClusters ?? {}).flatMap((global) => global.members);
  return Object.entries(shown.regions ?? {}).flatMap(([region, { clusters }]) =>
    Object.entries(clusters).map(([identifier, seen]) => ({
      ...seen,
      isSecondary: members.some(
        (member) =>
          member.cluster === clusterArn(region, identifier) && member.role === 'secondary',
      ),
    })),
  );
}

function expectOneWriter(rds: RdsUnderTest): void {
  for (const { status, writer, readers, isSecondary } of clustersOf(rds)) {
    if (isSecondary) expect(writer).toBeNull();
    else if (readers.some((reader) => reader.status === 'available')) {
      expect({ status, hasWriter: writer !== null }).toEqual({ status, hasWriter: true });
    }
  }
}

test('each cluster has one writer or none to have, and nothing is under way for ever', async () => {
  await fc.assert(
    fc.asyncProperty(
      timings,
      fc.array(step, { maxLength: 40, size: 'max' }),
      async (timings, steps) => {
        const rds = createRdsUnderTest({ ...RDS_SECTION, timings });

        for (const one of steps) {
          await take(rds, one).catch((error: unknown) => {
            if (!(error instanceof AwsError) && !(error instanceof UserError)) throw error;
          });
          expectOneWriter(rds);
        }
        for (const fault of FAULTS) rds.mends(fault);
        await rds.clock.advance(LONG_MS);

        expect(rds.clock.pending()).toBe(0);
        expectOneWriter(rds);
        for (const { status, readers, writer } of clustersOf(rds)) {
          expect(TRANSITIONAL).not.toContain(status);
          const instances = [...readers, ...(writer === null ? [] : [writer])];
          for (const instance of instances) {
            expect(instance).toMatchObject({
              status: status === 'stopped' ? 'stopped' : 'available',
            });
          }
        }
        for (const { identifier, region } of CLUSTERS) {
          expect(await rds.writer(identifier, region)).toBe(writerShown(rds, region, identifier));
        }
      },
    ),
    { numRuns: 300 },
  );
});

function writerShown(rds: RdsUnderTest, region: string, cluster: string): string | undefined {
  const {
    regions,
  }: {
    regions?: Record<
      string,
      { clusters: Record<string, { writer: { identifier: string } | null }> }
    >;
  } = JSON.parse(JSON.stringify(rds.simulated.show()));
  return regions?.[region]?.clusters[cluster]?.writer?.identifier;
}
