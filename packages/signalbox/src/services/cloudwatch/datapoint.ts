import type { StandardUnit } from '@aws-sdk/client-cloudwatch';

/** Values of one metric at one time. */
export interface Datapoint {
  readonly namespace: string;
  readonly metricName: string;
  /** Dimension values by name; each set of dimensions is a metric of its own. */
  readonly dimensions: Readonly<Record<string, string>>;
  readonly timestampMs: number;
  readonly unit: StandardUnit;
  /** In seconds: 1 is high resolution. */
  readonly storageResolution: 1 | 60;
  readonly samples: Samples;
}

/** Values with how often each occurred, or a summary of values that nobody kept. */
export type Samples =
  | { readonly kind: 'values'; readonly values: readonly WeightedValue[] }
  | {
      readonly kind: 'summary';
      readonly sampleCount: number;
      readonly sum: number;
      readonly minimum: number;
      readonly maximum: number;
    };

/** A value and how often it occurred. */
export interface WeightedValue {
  readonly value: number;
  readonly count: number;
}
