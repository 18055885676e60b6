import type { StandardUnit } from '@aws-sdk/client-cloudwatch';

const DATA = ['Bytes', 'Kilobytes', 'Megabytes', 'Gigabytes', 'Terabytes'] as const;
const BITS = ['Bits', 'Kilobits', 'Megabits', 'Gigabits', 'Terabits'] as const;

/** CloudWatch's units (CloudWatch API Reference, MetricDatum). */
const UNITS: readonly StandardUnit[] = [
  'None',
  'Count',
  'Percent',
  'Seconds',
  'Milliseconds',
  'Microseconds',
  'Count/Second',
  ...DATA,
  ...BITS,
  ...DATA.map((unit): StandardUnit => `${unit}/Second`),
  ...BITS.map((unit): StandardUnit => `${unit}/Second`),
];

/** Distinguishes CloudWatch's units from other texts. */
export function isStandardUnit(text: unknown): text is StandardUnit {
  return UNITS.some((unit) => unit === text);
}
