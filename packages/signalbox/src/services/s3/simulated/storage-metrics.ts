import type { MeasuredValue, MetricIdentity, MetricSource } from '../../metric-source.ts';
import type { Bucket, ObjectVersion } from '../bucket.ts';
import type { BucketStore } from '../bucket-store.ts';
import { STORAGE_TYPES, type StorageType, storageTypeOf } from './storage-type.ts';

const NAMESPACE = 'AWS/S3';
const DAY_MS = 24 * 60 * 60 * 1000;
/** CloudWatch keeps daily values for 455 days. */
const KEPT_DAYS = 455;

/** The daily storage metrics, as CloudWatch pulls them. */
export interface StorageMetrics extends MetricSource {
  /** Says that other buckets are there now. */
  changed(): void;
}

/** Makes the storage metrics of the buckets: what they are said to hold, and what was really put. */
export function createStorageMetrics(store: BucketStore): StorageMetrics {
  const listeners: (() => void)[] = [];
  return {
    namespace: NAMESPACE,
    metrics: (region) =>
      store.all().flatMap((bucket) => (bucket.region === region ? metricsOf(bucket) : [])),
    datapoints({ metricName, dimensions }, region, startMs, endMs) {
      const bucket = store.find(dimensions['BucketName'] ?? '');
      const type = dimensions['StorageType'] ?? '';
      if (bucket?.region !== region) return [];
      const nowMs = store.now().getTime();
      return midnights(bucket, startMs, endMs, nowMs).flatMap((timeMs): MeasuredValue[] => {
        const value = valueAt(bucket, metricName, type, timeMs);
        return value === undefined ? [] : [{ timeMs, value }];
      });
    },
    onChange: (listener) => void listeners.push(listener),
    changed() {
      for (const listener of listeners) listener();
    },
  };
}

function metricsOf(bucket: Bucket): readonly MetricIdentity[] {
  const types = STORAGE_TYPES.filter((type) => bytesOf(bucket, type, Number.POSITIVE_INFINITY) > 0);
  if (types.length === 0) return [];
  return [
    ...types.map((type) => metricOf(bucket, 'BucketSizeBytes', type)),
    metricOf(bucket, 'NumberOfObjects', 'AllStorageTypes'),
  ];
}

function metricOf({ name }: Bucket, metricName: string, type: string): MetricIdentity {
  const dimensions = { BucketName: name, StorageType: type };
  return { namespace: NAMESPACE, metricName, dimensions };
}

/** AWS: reported once a day for midnight UTC, a day late. */
function midnights(
  { creationDate }: Bucket,
  startMs: number,
  endMs: number,
  nowMs: number,
): readonly number[] {
  const lastMs = Math.min(endMs - 1, nowMs - DAY_MS);
  const firstMs = Math.max(startMs, creationDate.getTime(), nowMs - KEPT_DAYS * DAY_MS);
  const times: number[] = [];
  for (let timeMs = Math.ceil(firstMs / DAY_MS) * DAY_MS; timeMs <= lastMs; timeMs += DAY_MS) {
    times.push(timeMs);
  }
  return times;
}

function valueAt(
  bucket: Bucket,
  metricName: string,
  type: string,
  timeMs: number,
): number | undefined {
  if (metricName === 'NumberOfObjects' && type === 'AllStorageTypes') {
    return bucket.profile.objectCount + putBefore(bucket, timeMs).length || undefined;
  }
  const known = STORAGE_TYPES.find((each) => each === type);
  if (metricName !== 'BucketSizeBytes' || known === undefined) return undefined;
  return bytesOf(bucket, known, timeMs) || undefined;
}

function bytesOf(bucket: Bucket, type: StorageType, timeMs: number): number {
  const put = putBefore(bucket, timeMs).filter(
    ({ storageClass, isDeleteMarker }) => !isDeleteMarker && storageTypeOf(storageClass) === type,
  );
  const putBytes = put.reduce((sum, { body }) => sum + body.length, 0);
  return (bucket.profile.storageBytes[type] ?? 0) + putBytes;
}

function putBefore(bucket: Bucket, timeMs: number): readonly ObjectVersion[] {
  return bucket.versions().filter(({ lastModified }) => lastModified.getTime() < timeMs);
}
