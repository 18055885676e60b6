import type { AwsError } from '../../core/aws-error.ts';
import type { Fault } from '../../core/simulated-service.ts';
import { UserError } from '../../core/user-error.ts';
import { dataUnavailable, rateExceeded } from './cost-explorer-errors.ts';

/** The faults that are injected into Cost Explorer just now. */
export interface CostFaults {
  readonly faults: Readonly<Record<string, Fault>>;
  /** The refusal of the next request; undefined where nothing is broken. */
  refusal(): AwsError | undefined;
  /** Mends everything. */
  mend(): void;
}

/** Makes the faults of Cost Explorer, none of them on. */
export function createCostFaults(): CostFaults {
  let throttled = 0;
  let isUnavailable = false;
  return {
    refusal() {
      if (throttled > 0) {
        throttled -= 1;
        return rateExceeded();
      }
      return isUnavailable ? dataUnavailable() : undefined;
    },
    mend() {
      throttled = 0;
      isUnavailable = false;
    },
    faults: {
      'costs-throttled': {
        summary: 'refuses requests to Cost Explorer with LimitExceededException',
        target: 'how many requests, such as 3; all of them by default',
        start(target) {
          throttled = readCount(target);
          return `Cost Explorer refuses ${target ?? 'all'} requests: Rate limit exceeded`;
        },
        end() {
          throttled = 0;
          return 'Cost Explorer responds again';
        },
      },
      'costs-unavailable': {
        summary: 'returns DataUnavailableException, as in the first day of Cost Explorer',
        start() {
          isUnavailable = true;
          return 'Cost Explorer has no data';
        },
        end() {
          isUnavailable = false;
          return 'Cost Explorer has its data again';
        },
      },
    },
  };
}

function readCount(target: string | undefined): number {
  if (target === undefined) return Number.POSITIVE_INFINITY;
  if (/^[1-9]\d{0,5}$/.test(target)) return Number(target);
  throw new UserError('usage', `"${target}" is no count: write how many requests, such as 3`);
}
