import { ownMember } from '../../../core/names/own-member.ts';
import type { DbInstance } from './databases.ts';

/** The instance's status as RDS describes it. */
export function instanceStatus({ activity, brokenBy }: DbInstance): string {
  if (activity?.status === 'deleting' || activity?.status === 'stopped') return activity.status;
  return brokenBy.size > 0 ? 'failed' : (activity?.status ?? 'available');
}

/** Returns whether the instance is `available`. */
export function isAvailable(instance: DbInstance): boolean {
  return instanceStatus(instance) === 'available';
}

/** Returns whether the instance's engine runs: it does while RDS modifies it, too. */
export function isRunning(instance: DbInstance): boolean {
  return ['available', 'modifying'].includes(instanceStatus(instance));
}

const SIZES: Readonly<Record<string, number>> = {
  micro: 0.25,
  small: 0.5,
  medium: 1,
  large: 2,
  xlarge: 4,
};

/** Ranks classes such as `db.r6g.2xlarge` by their size; `db.serverless` and unknown ones are the smallest. */
export function classSize(instanceClass: string): number {
  const size = instanceClass.split('.').at(-1) ?? '';
  const multiple = /^(\d+)xlarge$/.exec(size)?.[1];
  return multiple === undefined ? (ownMember(SIZES, size) ?? 0) : Number(multiple) * 4;
}
