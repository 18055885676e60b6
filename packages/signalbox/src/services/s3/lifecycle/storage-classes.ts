import type { TransitionStorageClass } from '@aws-sdk/client-s3';

/** The classes that a lifecycle rule may move objects to. */
export const TRANSITION_CLASSES = [
  'STANDARD_IA',
  'INTELLIGENT_TIERING',
  'ONEZONE_IA',
  'GLACIER_IR',
  'GLACIER',
  'DEEP_ARCHIVE',
] as const satisfies readonly TransitionStorageClass[];

/** AWS: "Lifecycle transition general considerations": these take objects after 30 days at the soonest. */
export const SOONEST_DAYS: Readonly<Partial<Record<TransitionStorageClass, number>>> = {
  STANDARD_IA: 30,
  ONEZONE_IA: 30,
};

/** Days that one rule must leave objects in a class before it moves them on. */
export const STAY_DAYS: Readonly<Partial<Record<TransitionStorageClass, number>>> = {
  STANDARD_IA: 30,
  ONEZONE_IA: 30,
  GLACIER_IR: 90,
  GLACIER: 90,
};

// AWS: "Supported transitions", the waterfall: there is no way back up.
const ONWARD: Readonly<Record<TransitionStorageClass, readonly TransitionStorageClass[]>> = {
  STANDARD_IA: ['INTELLIGENT_TIERING', 'ONEZONE_IA', 'GLACIER_IR', 'GLACIER', 'DEEP_ARCHIVE'],
  INTELLIGENT_TIERING: ['ONEZONE_IA', 'GLACIER_IR', 'GLACIER', 'DEEP_ARCHIVE'],
  ONEZONE_IA: ['GLACIER', 'DEEP_ARCHIVE'],
  GLACIER_IR: ['GLACIER', 'DEEP_ARCHIVE'],
  GLACIER: ['DEEP_ARCHIVE'],
  DEEP_ARCHIVE: [],
};

/** Returns whether objects may go on from one class to another. */
export function leadsTo(from: TransitionStorageClass, to: TransitionStorageClass): boolean {
  return ONWARD[from].includes(to);
}
