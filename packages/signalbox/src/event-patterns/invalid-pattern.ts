/** Thrown for what is wrong with a pattern at no one place of its text; `parsePattern` makes a `Problem` of it. */
export class InvalidPattern extends Error {
  override readonly name = 'InvalidPattern';
}
