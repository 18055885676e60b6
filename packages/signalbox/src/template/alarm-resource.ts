import type { JsonObject } from '../core/json.ts';

/** An alarm on a metric or on an expression. */
export interface AlarmResource {
  readonly logicalId: string;
  readonly name: string;
  readonly arn: string;
  /** The PutMetricAlarm input, in CloudWatch's own words. */
  readonly putMetricAlarm: JsonObject;
  readonly place: { readonly file: string; readonly line: number };
}

/** An alarm on other alarms. */
export interface CompositeAlarmResource {
  readonly logicalId: string;
  readonly name: string;
  readonly arn: string;
  /** The PutCompositeAlarm input, in CloudWatch's own words. */
  readonly putCompositeAlarm: JsonObject;
  readonly place: { readonly file: string; readonly line: number };
}
