import type { Fault } from '../../../core/simulated-service.ts';
import { UserError } from '../../../core/user-error.ts';
import type { BucketStore } from '../bucket-store.ts';

/** The faults that are injected into S3 just now. */
export interface Faults {
  readonly faults: Readonly<Record<string, Fault>>;
  /** Returns whether everything in a bucket is denied to everybody. */
  denies(bucket: string): boolean;
  /** Returns whether a bucket is listed, but gone. */
  hides(bucket: string): boolean;
  /** Returns whether this call comes too fast; each question counts as a call. */
  throttles(bucket: string | undefined): boolean;
  /** Mends everything. */
  clear(): void;
}

/** Makes the faults of S3; nothing is broken. */
export function createFaults(store: BucketStore): Faults {
  const denied = new Set<string>();
  const hidden = new Set<string>();
  const throttled = new Set<string>();
  let isThrottled = false;
  let calls = 0;

  const throttle: Fault = {
    summary:
      'Refuses calls to a bucket with SlowDown; every second call to S3 where no bucket is named',
    target: 'the name of a bucket',
    start(target) {
      if (target === undefined) isThrottled = true;
      else throttled.add(known(store, target));
      return target === undefined
        ? 'Every second call to S3 is refused with SlowDown'
        : `Calls to the bucket ${target} are refused with SlowDown`;
    },
    end(target) {
      if (target === undefined) isThrottled = false;
      else throttled.delete(target);
      return target === undefined ? 'S3 takes every call' : `The bucket ${target} takes every call`;
    },
  };

  return {
    faults: {
      'bucket-access': fault(store, denied, {
        summary: "Denies every action in a bucket, as the bucket's own policy may",
        started: 'refuses every action with AccessDenied',
        ended: 'lets its callers in again',
      }),
      'bucket-vanishes': fault(store, hidden, {
        summary: 'Lists a bucket that is not there, as one deleted between a list and a read',
        started: 'is listed, but does not exist',
        ended: 'is there again',
      }),
      's3-throttled': throttle,
    },
    denies: (bucket) => denied.has(bucket),
    hides: (bucket) => hidden.has(bucket),
    throttles(bucket) {
      if (bucket !== undefined && throttled.has(bucket)) return true;
      if (!isThrottled) return false;
      calls += 1;
      return calls % 2 === 1;
    },
    clear() {
      for (const set of [denied, hidden, throttled]) set.clear();
      isThrottled = false;
      calls = 0;
    },
  };
}

function fault(
  store: BucketStore,
  buckets: Set<string>,
  words: { readonly summary: string; readonly started: string; readonly ended: string },
): Fault {
  return {
    summary: words.summary,
    target: 'the name of a bucket',
    start(target) {
      const bucket = known(store, target);
      buckets.add(bucket);
      return `The bucket ${bucket} ${words.started}`;
    },
    end(target) {
      const ended = target === undefined ? [...buckets] : [known(store, target)];
      for (const bucket of ended) buckets.delete(bucket);
      return ended.map((bucket) => `The bucket ${bucket} ${words.ended}`).join('; ');
    },
  };
}

function known(store: BucketStore, target: string | undefined): string {
  if (target === undefined) throw new UserError('usage', 'Name the bucket that is to fail');
  if (store.find(target) === undefined) {
    throw new UserError('usage', `There is no bucket "${target}"`);
  }
  return target;
}
