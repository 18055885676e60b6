import { randomUUID } from 'node:crypto';
import { unkeptMaps } from '../../core/kept-maps.ts';
import { type Action, action, type Service } from '../../core/service.ts';
import type { SimulatedService } from '../../core/simulated-service.ts';
import type { MetricSource } from '../metric-source.ts';
import { type Admission, type AskedBucket, createAdmission } from './admission.ts';
import { type ApiCall, apiCallOf, type ChangeInput } from './api-call.ts';
import { bucketActions } from './bucket-actions.ts';
import { BucketStore, type S3Options } from './bucket-store.ts';
import { createCompletedUploads } from './multipart/completed-uploads.ts';
import { objectActions } from './object-actions.ts';
import type { ObjectContext } from './object-context.ts';
import { objectEvent, type S3Event } from './object-event.ts';
import { createFaults } from './simulated/faults.ts';
import { createSimulatedS3 } from './simulated/simulated-s3.ts';
import { createStorageMetrics } from './simulated/storage-metrics.ts';
import { type BucketSettings, makeStackBucket } from './stack-bucket.ts';

/** Amazon S3's buckets of all Regions and their objects, addressed by path. */
export interface S3 {
  readonly service: Service;
  readonly simulated: SimulatedService;
  /** AWS/S3's daily storage metrics. */
  readonly metricSource: MetricSource;
  /**
   * Makes a bucket of the template in a Region, the app's own unless given, or sets it to what the template says now where that has changed.
   * @throws {UserError} `invalid`, when S3 refuses its name, tags or lifecycle.
   */
  createBucket(bucket: BucketSettings, region?: string): void;
  /** Returns whether a bucket has an object, now. */
  hasObject(bucket: string, key: string): boolean;
  /** Notified of what happens to objects in a bucket that notifies EventBridge. */
  onObjectEvent(listen: (event: S3Event) => void): void;
  /** Hears what happens to the objects of every bucket, for those that notify somebody else. */
  onNotification(listen: (event: S3Event) => void): void;
  /** Hears of each call that changed a bucket or was refused, as CloudTrail logs it. */
  onApiCall(listen: (call: ApiCall) => void): void;
}

/** Makes Amazon S3 on a clock. */
export function createS3(options: S3Options & { readonly accountId: string }): S3 {
  const store = new BucketStore(options);
  const faults = createFaults(store);
  const metricSource = createStorageMetrics(store);
  const simulated = createSimulatedS3({
    store,
    faults,
    uuid: randomUUID,
    onSeeded: metricSource.changed,
  });
  const heard: ((event: S3Event) => void)[] = [];
  const told: ((event: S3Event) => void)[] = [];
  const called: ((call: ApiCall) => void)[] = [];
  const stack = (options.maps ?? unkeptMaps).map<string>('s3/stack');
  const context: ObjectContext = {
    store,
    uuid: randomUUID,
    uploads: new Map(),
    completed: createCompletedUploads(),
    notify(bucket, version, occurrence) {
      const { accountId: requester } = options;
      const about = { time: store.now(), requester, requestId: randomUUID() };
      const event = objectEvent(bucket, version, occurrence, about);
      for (const listen of told) listen(event);
      if (!bucket.notifiesEventBridge) return;
      for (const listen of heard) listen(event);
    },
  };
  const watched = {
    store,
    admission: createAdmission(store, faults, options.accountId),
    notify(call: ApiCall) {
      for (const listen of called) listen(call);
    },
  };
  const actions = { ...bucketActions(store, randomUUID), ...objectActions(context) };
  return {
    service: { name: 's3', client: '@aws-sdk/client-s3', actions: watch(actions, watched) },
    simulated,
    metricSource,
    createBucket(bucket, region = store.region) {
      const settings = JSON.stringify(bucket);
      // As CloudFormation: what somebody else changed meanwhile stays, unless the template changes too.
      if (stack.get(bucket.name) === settings && store.find(bucket.name) !== undefined) return;
      makeStackBucket(store, bucket, { region, uuid: randomUUID });
      store.keep(bucket.name);
      stack.set(bucket.name, settings);
    },
    hasObject: (bucket, key) => store.find(bucket)?.current(key) !== undefined,
    onObjectEvent: (listen) => void heard.push(listen),
    onNotification: (listen) => void told.push(listen),
    onApiCall: (listen) => void called.push(listen),
  };
}

/** The store, admission and listener that every action is wrapped with. */
interface Watched {
  readonly store: BucketStore;
  readonly admission: Admission;
  readonly notify: (call: ApiCall) => void;
}

function watch(
  actions: Readonly<Record<string, Action>>,
  watched: Watched,
): Readonly<Record<string, Action>> {
  return Object.fromEntries(
    Object.entries(actions).map(([name, run]): [string, Action] => [
      name,
      watchedAction(name, run, watched),
    ]),
  );
}

const CHANGES_BUCKET = /^(Create|Put|Delete)(Bucket|ObjectLock|PublicAccess)/;

function watchedAction(name: string, run: Action, { store, admission, notify }: Watched): Action {
  return action((input: AskedBucket & ChangeInput, caller) => {
    const region = store.find(input.Bucket ?? '')?.region;
    const notifyEnd = (error: unknown): void => {
      const where = region ?? store.find(input.Bucket ?? '')?.region ?? caller.region;
      const call = apiCallOf(name, input, { region: where ?? store.region, caller, error });
      if (call !== undefined) notify(call);
    };
    try {
      admission.admit(name, input, caller);
      const output = run(input, caller);
      if (CHANGES_BUCKET.test(name)) store.keep(input.Bucket ?? '');
      notifyEnd(undefined);
      return output;
    } catch (error) {
      notifyEnd(error);
      throw error;
    }
  });
}
