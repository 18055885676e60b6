import * as v from 'valibot';
import { fields, listOf, mapOf, Text } from '../../core/schema/schema.ts';
import { difference } from '../difference.ts';
import { expectationKind } from '../scenario-extension.ts';
import type { Stage } from '../stage.ts';

const DAY_MS = 86_400_000;

const MetricSums = fields({
  namespace: Text,
  dimensions: v.optional(mapOf(Text), {}),
  /** The amounts that the sums of metrics grow by, by their names. */
  sums: mapOf(v.number('Write a number')),
});

/** A metric whose sum must grow by a number. */
interface ExpectedSum {
  readonly namespace: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly name: string;
  readonly growth: number;
}

/** The amounts that sums of metrics grow by, under exactly the dimensions that are named. */
export const metrics = expectationKind(listOf(MetricSums), async (groups, { stage }) => {
  const expected = groups.flatMap(({ sums, ...rest }): readonly ExpectedSum[] =>
    Object.entries(sums).map(([name, growth]) => ({ ...rest, name, growth })),
  );
  // One beginning for both looks: what lies a day back may not fall out between them.
  const since = new Date(stage.now().getTime() - DAY_MS);
  const before = await readSums(stage, expected, since);
  return async () => {
    const after = await readSums(stage, expected, since);
    const grown = expected.map((_, index) => (after[index] ?? 0) - (before[index] ?? 0));
    return {
      found: expected.map(({ namespace, name }, index) => `${namespace} ${name} ${grown[index]}`),
      differences: expected.flatMap(({ name, growth }, index) =>
        difference(`metric ${name}`, growth, grown[index] ?? 0),
      ),
    };
  };
});

/** Reads the sums since then. */
async function readSums(
  { client, now }: Stage,
  expected: readonly ExpectedSum[],
  since: Date,
): Promise<readonly number[]> {
  const { CloudWatchClient, GetMetricStatisticsCommand } = await import(
    '@aws-sdk/client-cloudwatch'
  );
  const cloudWatch = new CloudWatchClient(client);
  const endMs = now().getTime() + 60_000;
  return Promise.all(
    expected.map(async ({ namespace: Namespace, name: MetricName, dimensions }) => {
      const { Datapoints = [] } = await cloudWatch.send(
        new GetMetricStatisticsCommand({
          ...{ Namespace, MetricName },
          Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
          StartTime: since,
          EndTime: new Date(endMs),
          Period: 3600,
          Statistics: ['Sum'],
        }),
      );
      return Datapoints.reduce((sum, { Sum = 0 }) => sum + Sum, 0);
    }),
  );
}
