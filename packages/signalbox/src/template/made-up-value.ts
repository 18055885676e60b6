import { type Node, textOf, valueAt } from './document/node.ts';

const EMAIL = 'someone@example.com';

/** So long that the name of a bucket may be made of several; names differ at their end. */
const LONGEST_NAME = 16;

/** Texts that most of the patterns of templates take, besides the parameter's own name. */
const USUAL = [
  EMAIL,
  'https://example.com',
  '123456789012',
  'arn:aws:sns:us-east-1:123456789012:example',
  '10.0.0.0/16',
  '1',
];

/**
 * Makes up the value of a parameter that has none, so that a template loads before anybody deploys it.
 * @param name The parameter's name.
 * @param declared Its declaration.
 * @returns The first allowed value, the least number, else the name in lower case or a usual text, by what
 * the declaration's pattern and lengths take.
 * @example
 * madeUpValue('BucketName', declared); // bucketname
 */
export function madeUpValue(name: string, declared: Node): string {
  const allowed = valueAt(declared, 'AllowedValues');
  const first = allowed?.kind === 'list' ? textOf(allowed.items[0]) : undefined;
  if (first !== undefined) return first;
  if (/Number/.test(textOf(valueAt(declared, 'Type')) ?? '')) {
    return textOf(valueAt(declared, 'MinValue')) ?? '1';
  }
  const least = Number(textOf(valueAt(declared, 'MinLength')) ?? 0);
  const most = Number(textOf(valueAt(declared, 'MaxLength')) ?? 4096);
  const own = (/mail|snsendpoint/i.test(name) ? EMAIL : name.toLowerCase().slice(-LONGEST_NAME))
    .padEnd(least, 'x')
    .slice(0, most);
  const pattern = textOf(valueAt(declared, 'AllowedPattern'));
  return pattern === undefined ? own : ([own, ...USUAL].find(takenBy(pattern)) ?? own);
}

function takenBy(pattern: string): (text: string) => boolean {
  try {
    const whole = new RegExp(`^(?:${pattern})$`);
    return (text) => whole.test(text);
  } catch {
    return () => false;
  }
}
