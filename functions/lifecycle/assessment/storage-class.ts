/** The storage classes that a lifecycle moves objects to, from the warmest to the coldest. */
export const TRANSITION_CLASSES = [
  'STANDARD_IA',
  'INTELLIGENT_TIERING',
  'ONEZONE_IA',
  'GLACIER_IR',
  'GLACIER',
  'DEEP_ARCHIVE',
] as const;

/** A storage class that a lifecycle moves objects to. */
export type TransitionClass = (typeof TRANSITION_CLASSES)[number];

/** Days that S3 bills at least; AWS: "Storage class comparison" of the user guide. */
export const MINIMUM_DURATION_DAYS: Readonly<Record<TransitionClass, number>> = {
  STANDARD_IA: 30,
  INTELLIGENT_TIERING: 0,
  ONEZONE_IA: 30,
  GLACIER_IR: 90,
  GLACIER: 90,
  DEEP_ARCHIVE: 180,
};

/** Days before which S3 refuses to move an object; AWS: "Lifecycle transition general considerations". */
export const SOONEST_DAYS: Readonly<Record<TransitionClass, number>> = {
  STANDARD_IA: 30,
  INTELLIGENT_TIERING: 0,
  ONEZONE_IA: 30,
  GLACIER_IR: 0,
  GLACIER: 0,
  DEEP_ARCHIVE: 0,
};

/** Returns whether a name is one of the classes that a lifecycle moves objects to. */
export function isTransitionClass(name: string | undefined): name is TransitionClass {
  return TRANSITION_CLASSES.some((known) => known === name);
}

/**
 * Returns whether S3 moves an object from one class to another: down the waterfall only, and never from
 * ONEZONE_IA to GLACIER_IR.
 */
export function canMove(from: TransitionClass, to: TransitionClass): boolean {
  if (from === 'ONEZONE_IA' && to === 'GLACIER_IR') return false;
  return TRANSITION_CLASSES.indexOf(from) < TRANSITION_CLASSES.indexOf(to);
}
