/** The characters that a generated secret may and must hold. */
export interface SecretRules {
  readonly length: number;
  readonly excluded: string;
  readonly lowercase: boolean;
  readonly uppercase: boolean;
  readonly numbers: boolean;
  readonly punctuation: boolean;
  readonly space: boolean;
  /** At least one character of each kind. */
  readonly eachType: boolean;
}

const LOWERCASE = 'abcdefghijklmnopqrstuvwxyz';
const NUMBERS = '0123456789';
const PUNCTUATION = '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~';

/**
 * Generates a secret as GetRandomPassword does, from 64 hexadecimal digits a round, so that the same
 * stack has the same secret after a restart. Undefined when the rules leave nothing to choose from.
 */
export function generateSecret(
  rules: SecretRules,
  digits: (round: number) => string,
): string | undefined {
  const kinds = kindsOf(rules);
  const all = kinds.join('');
  const needed = rules.eachType ? kinds.length : 1;
  if (all === '' || !(rules.length >= needed && rules.length <= 4096)) return undefined;
  const draw = drawFrom(digits);
  const password = Array.from({ length: rules.length }, () => pick(all, draw));
  if (!rules.eachType) return password.join('');
  // One place for each kind, all different, so that none is overwritten by the next.
  const start = draw() % rules.length;
  for (const [index, kind] of kinds.entries()) {
    password[(start + index) % rules.length] = pick(kind, draw);
  }
  return password.join('');
}

function kindsOf(rules: SecretRules): readonly string[] {
  const kinds = [
    rules.lowercase ? LOWERCASE : '',
    rules.uppercase ? LOWERCASE.toUpperCase() : '',
    rules.numbers ? NUMBERS : '',
    rules.punctuation ? PUNCTUATION : '',
    rules.space ? ' ' : '',
  ];
  return kinds
    .map((kind) => [...kind].filter((character) => !rules.excluded.includes(character)).join(''))
    .filter((kind) => kind !== '');
}

function pick(characters: string, draw: () => number): string {
  return characters[draw() % characters.length] ?? '';
}

/** Draws 32-bit numbers, eight a round. */
function drawFrom(digits: (round: number) => string): () => number {
  let count = 0;
  let current = '';
  return () => {
    if (count % 8 === 0) current = digits(count / 8);
    const offset = (count % 8) * 8;
    count += 1;
    return Number.parseInt(current.slice(offset, offset + 8), 16);
  };
}
