import type { Caller } from '../../packages/signalbox/src/core/service.ts';

/** Says whether the test itself calls, and nothing of the platform. */
export function isPerson({ arn, isOutside = false }: Caller): boolean {
  return isOutside || arn.endsWith(':root');
}
