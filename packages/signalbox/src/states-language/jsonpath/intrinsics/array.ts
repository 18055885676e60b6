import { canonicalText } from '../../canonical-text.ts';
import { isDeepEqual } from '../../deep-equal.ts';
import { arrayAt, type Intrinsic, integerAt, intrinsicFailure } from './intrinsic.ts';

/** `States.Array(a, b, …)`. */
export const array: Intrinsic = (args) => [...args];

/** `States.ArrayPartition(array, size)`. */
export const arrayPartition: Intrinsic = (args) => {
  const name = 'States.ArrayPartition';
  const items = arrayAt(name, args, 0);
  const size = integerAt(name, args, 1);
  if (size < 1) throw intrinsicFailure(name, 'The chunk size must be a positive integer');
  return Array.from({ length: Math.ceil(items.length / size) }, (_, chunk) =>
    items.slice(chunk * size, (chunk + 1) * size),
  );
};

/** `States.ArrayContains(array, value)`. */
export const arrayContains: Intrinsic = (args) => {
  const looked = args[1] ?? null;
  return arrayAt('States.ArrayContains', args, 0).some((item) => isDeepEqual(item, looked));
};

const MAX_RANGE_LENGTH = 1000;

/** `States.ArrayRange(first, last, step)`, the last included. */
export const arrayRange: Intrinsic = (args) => {
  const name = 'States.ArrayRange';
  const [first, last, step] = [0, 1, 2].map((index) => integerAt(name, args, index)) as [
    number,
    number,
    number,
  ];
  if (step === 0) throw intrinsicFailure(name, 'The step must not be 0');
  const length = Math.max(0, Math.floor((last - first) / step) + 1);
  if (length > MAX_RANGE_LENGTH) {
    throw intrinsicFailure(name, `The range has more than ${MAX_RANGE_LENGTH} items`);
  }
  return Array.from({ length }, (_, index) => first + index * step);
};

/** `States.ArrayGetItem(array, index)`. */
export const arrayGetItem: Intrinsic = (args) => {
  const name = 'States.ArrayGetItem';
  const items = arrayAt(name, args, 0);
  const index = integerAt(name, args, 1);
  const item = items[index];
  if (item === undefined) throw intrinsicFailure(name, `Index ${index} is out of range`);
  return item;
};

/** `States.ArrayLength(array)`. */
export const arrayLength: Intrinsic = (args) => arrayAt('States.ArrayLength', args, 0).length;

/** `States.ArrayUnique(array)`. */
export const arrayUnique: Intrinsic = (args) => {
  const seen = new Set<string>();
  return arrayAt('States.ArrayUnique', args, 0).filter((item) => {
    const key = canonicalText(item);
    return !seen.has(key) && seen.add(key);
  });
};
