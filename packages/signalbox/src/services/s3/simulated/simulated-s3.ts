import { isJsonObject, type Json, type JsonObject } from '../../../core/json.ts';
import type { Problem } from '../../../core/result.ts';
import type { SimulatedService } from '../../../core/simulated-service.ts';
import { invalid } from '../../../core/user-error.ts';
import type { Bucket } from '../bucket.ts';
import type { BucketStore } from '../bucket-store.ts';
import { readAt } from '../lifecycle/eventual.ts';
import type { Faults } from './faults.ts';
import { generatedBuckets, readGenerated } from './generate.ts';
import { type Members, readMembers } from './members.ts';
import { type BucketDefaults, bucketOf, readBucket } from './seed-buckets.ts';

const NAME = 's3';
const YEAR_MS = 365 * 24 * 60 * 60 * 1000;
/** More buckets of a Region are counted, not named. */
const MAX_SHOWN = 100;

/** What the simulated resources of S3 stands on. */
export interface SimulatedS3Options {
  readonly store: BucketStore;
  readonly faults: Faults;
  readonly uuid: () => string;
  /** Called when other buckets are there. */
  readonly onSeeded: () => void;
}

/** Makes S3's simulated resources: the estate of buckets around the stack's own. */
export function createSimulatedS3({
  store,
  faults,
  uuid,
  onSeeded,
}: SimulatedS3Options): SimulatedService {
  return {
    name: NAME,
    seed(section) {
      const createdAt = new Date(store.now().getTime() - YEAR_MS);
      store.replace(readEstate(section, store, { region: store.region, createdAt, uuid }));
      faults.clear();
      onSeeded();
    },
    show: () => showBuckets(store),
    faults: faults.faults,
  };
}

function readEstate(
  section: Json,
  store: BucketStore,
  defaults: BucketDefaults,
): readonly Bucket[] {
  const problems: Problem[] = [];
  if (!isJsonObject(section)) throw invalid([{ path: NAME, message: 'must be an object' }]);
  const buckets = readMembers(section, NAME, problems, (members) => readBuckets(members, defaults));
  const names = new Set<string>();
  for (const { name } of buckets) {
    const isTaken = names.has(name) || store.find(name)?.profile.isOfStack === true;
    if (isTaken) problems.push({ path: NAME, message: `There are two buckets "${name}"` });
    names.add(name);
  }
  if (problems.length > 0) throw invalid(problems);
  return buckets;
}

function readBuckets(members: Members, defaults: BucketDefaults): readonly Bucket[] {
  const seeded = members.objects('buckets', (bucket) => readBucket(bucket, defaults)) ?? [];
  const generated = members.object('generate', (each) => readGenerated(each, seeded, defaults));
  return [
    ...seeded.map((bucket) => bucketOf(bucket)),
    ...(generated === undefined ? [] : generatedBuckets(generated)),
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
