import type { SqlParameter } from '@aws-sdk/client-rds-data';

/** A text; absent is NULL. */
export const text = (name: string, value: string | undefined): SqlParameter =>
  value === undefined ? { name, value: { isNull: true } } : { name, value: { stringValue: value } };

/** A whole number; absent is NULL. */
export const whole = (name: string, value: number | undefined): SqlParameter =>
  value === undefined ? { name, value: { isNull: true } } : { name, value: { longValue: value } };

/** A value that is written as JSON. */
export const json = (name: string, value: unknown): SqlParameter => ({
  name,
  value: { stringValue: JSON.stringify(value) },
  typeHint: 'JSON',
});
