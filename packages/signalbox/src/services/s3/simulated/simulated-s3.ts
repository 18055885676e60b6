import type { Json, JsonObject } from '../../../core/json.ts';
import type { SimulatedService } from '../../../core/simulated-service.ts';
import type { Bucket } from '../bucket.ts';
import type { BucketStore } from '../bucket-store.ts';
import { readAt } from '../lifecycle/eventual.ts';
import type { Faults } from './faults.ts';
import { generatedBuckets } from './generate.ts';
import { readS3Section } from './s3-section.ts';
import { bucketOf } from './seed-buckets.ts';

const NAME = 's3';
const YEAR_MS = 365 * 24 * 60 * 60 * 1000;
/** More buckets of a Region are counted, not named. */
const MAX_SHOWN = 100;

/** The store, faults and ports that the simulated resources of S3 are made with. */
export interface SimulatedS3Options {
  readonly store: BucketStore;
  readonly faults: Faults;
  readonly uuid: () => string;
  /** Called when other buckets are there. */
  readonly onSeeded: () => void;
}

/** Makes S3's simulated resources: the buckets beside the stack's own. */
export function createSimulatedS3({
  store,
  faults,
  uuid,
  onSeeded,
}: SimulatedS3Options): SimulatedService {
  return {
    name: NAME,
    seed(section) {
      store.replace(readEstate(section, store, uuid));
      faults.clear();
      onSeeded();
    },
    show: () => showBuckets(store),
    faults: faults.faults,
  };
}

function readEstate(section: Json, store: BucketStore, uuid: () => string): readonly Bucket[] {
  const isOfStack = (name: string) => store.find(name)?.profile.isOfStack === true;
  const { buckets, generated } = readS3Section(section, isOfStack, uuid);
  const createdAt = new Date(store.now().getTime() - YEAR_MS);
  const defaults = { region: store.region, createdAt };
  return [
    ...buckets.map((bucket) => bucketOf(bucket, defaults)),
    ...generatedBuckets(generated.count, generated.like, defaults),
  ];
}

/** The buckets of each Region with the number of their lifecycle rules. */
function showBuckets(store: BucketStore): JsonObject {
  const regions = [...new Set(store.all().map(({ region }) => region))].sort();
  return Object.fromEntries(
    regions.map((region) => {
      const buckets = store.all().filter((bucket) => bucket.region === region);
      const rules = buckets
        .slice(0, MAX_SHOWN)
        .map((bucket) => [bucket.name, rulesOf(store, bucket)]);
      return [
        region,
        {
          buckets: buckets.length,
          rules: Object.fromEntries(rules),
          ...(buckets.length > MAX_SHOWN ? { notShown: buckets.length - MAX_SHOWN } : {}),
        },
      ];
    }),
  );
}

function rulesOf(store: BucketStore, { lifecycle }: Bucket): number {
  return readAt(lifecycle, store.now().getTime())?.rules.length ?? 0;
}
