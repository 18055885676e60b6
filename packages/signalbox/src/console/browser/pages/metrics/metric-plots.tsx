import type { GetMetricDataCommandOutput, Metric } from '@aws-sdk/client-cloudwatch';
import Spinner from '@cloudscape-design/components/spinner';
import { lazy, Suspense } from 'react';
import { callAws } from '../../api/call.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { goTo, hrefOf } from '../../app/location.ts';
import { useSurroundings } from '../../app/place-context.tsx';
import { t } from '../../app/strings.ts';
import { Answered } from '../../parts/answered.tsx';
import type { Series } from '../../parts/series.ts';

const Plot = lazy(async () => ({ default: (await import('../../parts/plot.tsx')).Plot }));

const MOST = 24;
const DAY_MS = 86_400_000;

/** A plot for each metric name, with a line for each set of dimensions. */
export function MetricPlots({ metrics }: { readonly metrics: readonly Metric[] }) {
  const byName = new Map<string, Metric[]>();
  for (const metric of metrics) {
    const name = metric.MetricName ?? '';
    byName.set(name, [...(byName.get(name) ?? []), metric]);
  }
  return (
    <div className="plots">
      {[...byName].slice(0, MOST).map(([name, lines]) => (
        <MetricPlot key={name} name={name} metrics={lines.slice(0, 10)} />
      ))}
    </div>
  );
}

function MetricPlot({
  name,
  metrics,
}: {
  readonly name: string;
  readonly metrics: readonly Metric[];
}) {
  const { now, kind } = useSurroundings();
  const key = `${metrics[0]?.Namespace} ${name} ${metrics.length}`;
  const answer = useAnswer(key, () => read(metrics, new Date(now), kind), 15_000);
  return (
    <figure>
      <figcaption>{name}</figcaption>
      <Answered answer={answer}>
        {(value) => (
          <Suspense fallback={<Spinner />}>
            <Plot series={value} onBrush={(fromMs, toMs) => showExecutions(fromMs, toMs)} />
          </Suspense>
        )}
      </Answered>
    </figure>
  );
}

/** The executions that started in a time. */
function showExecutions(fromMs: number, toMs: number): void {
  const iso = (ms: number) => `${new Date(ms).toISOString().slice(0, 19)}Z`;
  const where = [`started>=${iso(fromMs)}`, `started<=${iso(toMs)}`];
  goTo(
    `${hrefOf('/executions')}?${where.map((one) => `where=${encodeURIComponent(one)}`).join('&')}`,
  );
}

/** A rehearsal's scenarios cover weeks in a minute; an account is asked for its last day. */
async function read(
  metrics: readonly Metric[],
  end: Date,
  kind: string,
): Promise<readonly Series[]> {
  const days = kind === 'account' ? 1 : 400;
  const { MetricDataResults = [] } = await callAws<Partial<GetMetricDataCommandOutput>>(
    'monitoring',
    'GetMetricData',
    {
      StartTime: new Date(end.getTime() - days * DAY_MS).toISOString(),
      EndTime: new Date(end.getTime() + 60_000).toISOString(),
      ScanBy: 'TimestampAscending',
      MetricDataQueries: metrics.map((Metric, at) => ({
        Id: `m${at}`,
        MetricStat: { Metric, Period: kind === 'account' ? 300 : 3600, Stat: statOf(Metric) },
      })),
    },
  );
  return MetricDataResults.map(({ Timestamps = [], Values = [] }, at) => ({
    label: labelOf(metrics[at]),
    times: Timestamps.map((time) => new Date(time).getTime() / 1000),
    values: Values,
  }));
}

function statOf({ MetricName = '' }: Metric): string {
  return /Duration|Time|Latency|Age|Lag/.test(MetricName) ? 'p95' : 'Sum';
}

function labelOf(metric: Metric | undefined): string {
  const values = (metric?.Dimensions ?? []).map(({ Value = '' }) => Value.split(':').at(-1));
  return values.length === 0 ? t('all') : values.join(' ');
}
