import {
  CloudWatchClient,
  type Datapoint,
  type Dimension,
  GetMetricStatisticsCommand,
  type Metric,
  paginateListMetrics,
} from '@aws-sdk/client-cloudwatch';
import type { AddCommand } from '../add-command.ts';
import type { Layout } from '../print/output.ts';
import { tableOf } from '../print/table.ts';
import { type TimeWindow, timeWindow } from '../time-window.ts';
import { countOption } from './count-option.ts';

/** `metrics`: what the functions measured. */
export const addMetrics: AddCommand = (program, sessionOf) => {
  program
    .command('metrics [name]')
    .description('show custom metrics, summed over the last hours')
    .option('--namespace <namespace>', 'CloudWatch namespace; all of the project unless given')
    .option('--hours <count>', 'how many hours back: 24 on AWS, all of a rehearsal', countOption)
    .action(async (name: string | undefined, options: MetricsOptions, command) => {
      const session = sessionOf(command);
      const { namespace, hours } = options;
      const window = await timeWindow(session, hours && hours * HOUR_MS, DAY_MS);
      const client = new CloudWatchClient(session.client);
      const metrics = await readMetrics(client, name, { namespace, ...window });
      session.output.result({ metrics }, () => metricsTable(metrics, session.output.layout));
      if (metrics.length > 0) return;
      session.output.say(namespace === undefined ? 'No metrics' : `No metrics in ${namespace}`);
    });
};

interface MetricsOptions {
  readonly namespace?: string;
  readonly hours?: number;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** AWS: a request returns no more. */
const MAX_DATAPOINTS = 1440;

/** The metrics to read. */
export interface MetricsQuery extends TimeWindow {
  /** Where it is undefined: all but those of AWS's own services, which begin with `AWS/`. */
  readonly namespace: string | undefined;
}

/** A metric with one set of dimensions and what it came to. */
export interface MetricSummary extends Datapoint {
  readonly Namespace: string;
  readonly MetricName: string;
  readonly Dimensions: readonly Dimension[];
}

/** Reads every metric of a namespace, or of all that are the project's own, with its statistics. */
export async function readMetrics(
  client: CloudWatchClient,
  name: string | undefined,
  { namespace, ...window }: MetricsQuery,
): Promise<readonly MetricSummary[]> {
  const input = { Namespace: namespace, MetricName: name };
  const found: Metric[] = [];
  for await (const page of paginateListMetrics({ client }, input))
    found.push(...(page.Metrics ?? []));
  const wanted = found.filter(
    (metric) => namespace !== undefined || metric.Namespace?.startsWith('AWS/') !== true,
  );
  const summaries = await Promise.all(wanted.map((metric) => summarise(client, metric, window)));
  return summaries.sort((a, b) => keyOf(a).localeCompare(keyOf(b)));
}

/** Lays metrics out as a table. */
export function metricsTable(
  metrics: readonly MetricSummary[],
  layout?: Layout,
): readonly string[] {
  const areMany = new Set(metrics.map(({ Namespace }) => Namespace)).size > 1;
  return tableOf(
    [
      ...(areMany ? ['NAMESPACE'] : []),
      ...['METRIC', 'DIMENSIONS', 'COUNT', 'SUM', 'AVERAGE', 'MINIMUM', 'MAXIMUM'],
    ],
    metrics.map((metric) => [
      ...(areMany ? [metric.Namespace] : []),
      metric.MetricName,
      dimensionsText(metric.Dimensions),
      ...[metric.SampleCount, metric.Sum, metric.Average, metric.Minimum, metric.Maximum].map(
        (value) => (value === undefined ? '' : String(Number(value.toFixed(2)))),
      ),
    ]),
    { ...layout, whole: ['NAMESPACE', 'METRIC'] },
  );
}

async function summarise(
  client: CloudWatchClient,
  metric: Metric,
  { startMs, endMs }: TimeWindow,
): Promise<MetricSummary> {
  const hours = Math.ceil((endMs - startMs) / HOUR_MS / MAX_DATAPOINTS);
  const { Datapoints = [] } = await client.send(
    new GetMetricStatisticsCommand({
      Namespace: metric.Namespace,
      MetricName: metric.MetricName,
      Dimensions: metric.Dimensions,
      StartTime: new Date(startMs),
      EndTime: new Date(endMs),
      Period: hours * 3600,
      Statistics: ['SampleCount', 'Sum', 'Minimum', 'Maximum'],
    }),
  );
  const total = (pick: (point: Datapoint) => number | undefined) =>
    Datapoints.reduce((sum, point) => sum + (pick(point) ?? 0), 0);
  const [SampleCount, Sum] = [total((point) => point.SampleCount), total((point) => point.Sum)];
  return {
    Namespace: metric.Namespace ?? '',
    MetricName: metric.MetricName ?? '',
    Dimensions: metric.Dimensions ?? [],
    SampleCount,
    Sum,
    Average: SampleCount === 0 ? 0 : Sum / SampleCount,
    Minimum: Math.min(...Datapoints.map(({ Minimum = 0 }) => Minimum)),
    Maximum: Math.max(...Datapoints.map(({ Maximum = 0 }) => Maximum)),
  };
}

function keyOf({ Namespace, MetricName, Dimensions }: MetricSummary): string {
  return `${Namespace} ${MetricName} ${dimensionsText(Dimensions)}`;
}

function dimensionsText(dimensions: readonly Dimension[]): string {
  return dimensions.map(({ Name, Value }) => `${Name}=${Value}`).join(' ');
}
