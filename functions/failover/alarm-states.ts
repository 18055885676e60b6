import { type CloudWatchClient, paginateDescribeAlarms } from '@aws-sdk/client-cloudwatch';

/** Reads the states of alarms, metric and composite alike. */
export async function readAlarmStates(
  client: CloudWatchClient,
  names: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const states = new Map<string, string>();
  if (names.length === 0) return states;
  const pages = paginateDescribeAlarms(
    { client },
    { AlarmNames: [...names], AlarmTypes: ['MetricAlarm', 'CompositeAlarm'] },
  );
  for await (const { MetricAlarms: metric = [], CompositeAlarms: composite = [] } of pages) {
    for (const { AlarmName, StateValue } of [...metric, ...composite]) {
      if (AlarmName !== undefined) states.set(AlarmName, StateValue ?? 'INSUFFICIENT_DATA');
    }
  }
  return states;
}
