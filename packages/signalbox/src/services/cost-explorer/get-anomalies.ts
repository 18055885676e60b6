import type { GetAnomaliesRequest, GetAnomaliesResponse } from '@aws-sdk/client-cost-explorer';
import { addDays, dateOf, isDate } from './calendar.ts';
import { notRehearsed, validationError } from './cost-explorer-errors.ts';
import type { CostStore } from './cost-store.ts';

/** Days that AWS keeps anomalies. */
const KEPT_DAYS = 90;

/**
 * Returns the anomalies that begin in an interval; both its days are in it.
 * @throws {AwsError} `ValidationException` for an interval before the last 90 days.
 */
export function getAnomalies(store: CostStore, input: GetAnomaliesRequest): GetAnomaliesResponse {
  for (const member of [
    'MonitorArn',
    'Feedback',
    'TotalImpact',
    'NextPageToken',
    'MaxResults',
  ] as const) {
    if (input[member] !== undefined) throw notRehearsed(`${member} of anomalies`);
  }
  const today = dateOf(store.now());
  const { StartDate: start = '', EndDate: end = today } = input.DateInterval ?? {};
  if (!isDate(start) || !isDate(end) || start > end) {
    throw validationError('DateInterval needs a StartDate, and an EndDate no earlier');
  }
  if (start < addDays(today, -KEPT_DAYS)) {
    throw validationError(`StartDate must be within the last ${KEPT_DAYS} days`);
  }
  const found = (store.bills?.anomalies ?? []).filter(
    (anomaly) => anomaly.start >= start && anomaly.start <= end,
  );
  return {
    Anomalies: found.map(({ id, start: from, end: to, service, totalImpact }) => ({
      AnomalyId: id,
      AnomalyStartDate: `${from}T00:00:00Z`,
      AnomalyEndDate: `${to}T00:00:00Z`,
      DimensionValue: service,
      RootCauses: [{ Service: service }],
      AnomalyScore: { MaxScore: 1, CurrentScore: 0.5 },
      Impact: { MaxImpact: totalImpact, TotalImpact: totalImpact },
      MonitorArn: 'arn:aws:ce::123456789012:anomalymonitor/00000000-0000-4000-8000-000000000001',
    })),
  };
}
