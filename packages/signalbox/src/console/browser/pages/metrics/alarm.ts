import type { CompositeAlarm, MetricAlarm } from '@aws-sdk/client-cloudwatch';

/** An alarm of one of both kinds; a composite one has no metric of its own. */
export type Alarm = MetricAlarm & CompositeAlarm;
