import type { Json } from '../../core/json.ts';
import type { DistributedMap } from '../ast.ts';
import { ERROR } from '../error-names.ts';
import type { Visit } from '../run.ts';
import { StateFailure } from '../state-failure.ts';
import { naturalNumber, numberOf } from './items.ts';

/** The number of child executions of a Map Run that may fail. */
export interface Tolerance {
  readonly count: number;
  readonly percentage: number;
  isExceeded(failures: number, children: number): boolean;
}

/** The tolerance that UpdateMapRun sets, in which 0 sets no limit beside another. */
export function toleranceBy(count: number, percentage: number): Tolerance {
  return {
    count,
    percentage,
    isExceeded: (failures, children) => {
      if (count === 0 && percentage === 0) return failures > 0;
      const isOverCount = count > 0 && failures > count;
      return isOverCount || (percentage > 0 && failures > (percentage * children) / 100);
    },
  };
}

/** Computes ToleratedFailureCount and ToleratedFailurePercentage; AWS fails the run when either is exceeded. */
export async function toleranceOf(
  { toleratedFailureCount, toleratedFailurePercentage }: DistributedMap,
  visit: Visit,
  input: Json,
): Promise<Tolerance> {
  const count = await naturalNumber(
    toleratedFailureCount,
    'ToleratedFailureCount',
    visit,
    input,
    0,
  );
  const percentage =
    toleratedFailurePercentage === undefined
      ? 0
      : await numberOf(
          toleratedFailurePercentage,
          'ToleratedFailurePercentage',
          visit,
          input,
          'float',
        );
  if (percentage < 0 || percentage > 100) {
    throw new StateFailure(ERROR.runtime, 'ToleratedFailurePercentage must be between 0 and 100.');
  }
  const limits = [
    ...(toleratedFailureCount === undefined ? [] : [() => count]),
    ...(toleratedFailurePercentage === undefined
      ? []
      : [(children: number) => (percentage * children) / 100]),
  ];
  return {
    count,
    percentage,
    isExceeded: (failures, children) =>
      limits.length === 0 ? failures > 0 : limits.some((limit) => failures > limit(children)),
  };
}
