import { callName, isAround, isMutating } from '../call-log.ts';
import type { Stage } from '../stage.ts';
import type { DrillResult } from './drill-result.ts';

/** Counts the calls to what is around the app, from now until `end`. */
export function countCalls(stage: Stage): { end(): DrillResult['calls'] } {
  const ownBuckets = stage.physicalIds('AWS::S3::Bucket');
  const counts = new Map<string, DrillResult['calls'][number]>();
  const stop = stage.calls.listen((call) => {
    if (!isAround(call, ownBuckets)) return;
    const name = callName(call);
    const count = (counts.get(name)?.count ?? 0) + 1;
    counts.set(name, { call: name, count, isMutating: isMutating(call, ownBuckets) });
  });
  return {
    end() {
      stop();
      return [...counts.values()];
    },
  };
}
