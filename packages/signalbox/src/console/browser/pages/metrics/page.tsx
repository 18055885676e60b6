import type { ListMetricsCommandOutput, Metric } from '@aws-sdk/client-cloudwatch';
import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import Select from '@cloudscape-design/components/select';
import { allPages } from '../../../../core/all-pages.ts';
import { callAws } from '../../api/call.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { setQuery, usePlace } from '../../app/location.ts';
import { t } from '../../app/strings.ts';
import { PageFrame } from '../../parts/page-frame.tsx';
import { Alarms } from './alarms.tsx';
import { MetricPlots } from './metric-plots.tsx';

/** Metrics as plots, and alarms with their history. */
export function MetricsPage() {
  const { query } = usePlace();
  const { value, error } = useAnswer('metrics', allMetrics, 20_000);
  const namespaces = [...new Set((value ?? []).map(({ Namespace = '' }) => Namespace))].sort();
  const chosen =
    query.get('namespace') ??
    namespaces.find((name) => name === 'AWS/States') ??
    namespaces[0] ??
    '';
  const shown = (value ?? []).filter(({ Namespace }) => Namespace === chosen);
  return (
    <PageFrame title={t('Metrics and alarms')} error={error?.message}>
      <Alarms />
      <Container
        header={
          <Header
            variant="h2"
            actions={
              <Select
                ariaLabel={t('Namespace')}
                selectedOption={{ value: chosen, label: chosen }}
                options={namespaces.map((name) => ({ value: name, label: name }))}
                onChange={({ detail }) => setQuery({ namespace: detail.selectedOption.value })}
              />
            }
          >
            {t('Metrics')}
          </Header>
        }
      >
        {shown.length === 0 ? (
          <Box color="text-body-secondary">{t('No metrics yet.')}</Box>
        ) : (
          <MetricPlots metrics={shown} />
        )}
      </Container>
    </PageFrame>
  );
}

function allMetrics(): Promise<readonly Metric[]> {
  return allPages(
    (NextToken) =>
      callAws<Partial<ListMetricsCommandOutput>>('monitoring', 'ListMetrics', { NextToken }),
    ({ Metrics, NextToken }) => ({ items: Metrics, next: NextToken }),
  );
}
