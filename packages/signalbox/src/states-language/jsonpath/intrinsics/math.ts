import { javaRandom } from '../../java-random.ts';
import type { Intrinsic } from './intrinsic.ts';
import { integerAt, intrinsicFailure } from './intrinsic.ts';

/** `States.MathAdd(a, b)`. */
export const mathAdd: Intrinsic = (args) =>
  integerAt('States.MathAdd', args, 0) + integerAt('States.MathAdd', args, 1);

/** `States.MathRandom(start, end[, seed])`, the end excluded. */
export const mathRandom: Intrinsic = (args, chance) => {
  const name = 'States.MathRandom';
  const start = integerAt(name, args, 0);
  const end = integerAt(name, args, 1);
  if (end <= start) throw intrinsicFailure(name, 'The end must be greater than the start');
  const random = args[2] === undefined ? chance.random() : javaRandom(integerAt(name, args, 2));
  return start + Math.floor(random * (end - start));
};
