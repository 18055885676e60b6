import type { DescribeAlarmHistoryCommandOutput, Metric } from '@aws-sdk/client-cloudwatch';
import Box from '@cloudscape-design/components/box';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { callAws } from '../../api/call.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { JsonView } from '../../parts/json-view.tsx';
import type { Alarm } from './alarm.ts';
import { MetricPlots } from './metric-plots.tsx';

/** The name of an alarm, and once it is opened what it says, its history and the data behind it. */
export function AlarmDetail({ alarm }: { readonly alarm: Alarm }) {
  const { AlarmName: name = '', AlarmDescription } = alarm;
  const [isOpen, setOpen] = useState(false);
  const metrics = metricsBehind(alarm);
  return (
    <ExpandableSection
      headerText={name}
      expanded={isOpen}
      onChange={({ detail }) => setOpen(detail.expanded)}
    >
      {isOpen && (
        <SpaceBetween size="s">
          <Box>{AlarmDescription}</Box>
          <AlarmHistory name={name} />
          {metrics.length > 0 && <MetricPlots metrics={metrics} />}
          <JsonView label={name} text={JSON.stringify(alarm)} />
        </SpaceBetween>
      )}
    </ExpandableSection>
  );
}

/** Its metric, or those that its metric math reads. */
function metricsBehind({ Namespace, MetricName, Dimensions, Metrics = [] }: Alarm): Metric[] {
  if (MetricName !== undefined) return [{ Namespace, MetricName, Dimensions }];
  return Metrics.flatMap(({ MetricStat }) => MetricStat?.Metric ?? []);
}

/** Asked for when it is looked at: AWS allows few such calls a second. */
function AlarmHistory({ name }: { readonly name: string }) {
  const { value } = useAnswer(`alarm ${name}`, () =>
    callAws<Partial<DescribeAlarmHistoryCommandOutput>>('monitoring', 'DescribeAlarmHistory', {
      AlarmName: name,
      MaxRecords: 20,
    }),
  );
  return (
    <ul className="plain-list">
      {(value?.AlarmHistoryItems ?? []).map(({ Timestamp, HistorySummary }) => (
        <li key={`${String(Timestamp)} ${HistorySummary}`}>
          <span className="quiet">{String(Timestamp).slice(0, 19).replace('T', ' ')}</span>{' '}
          {HistorySummary}
        </li>
      ))}
    </ul>
  );
}
