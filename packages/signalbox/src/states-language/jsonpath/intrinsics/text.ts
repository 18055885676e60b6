import { javaText } from '../../java-text.ts';
import { type Intrinsic, intrinsicFailure, textAt } from './intrinsic.ts';

/** `States.Format(template, …)`: each `{}` takes an argument; `\{` and `\}` stand for themselves. */
export const format: Intrinsic = (args) => {
  const name = 'States.Format';
  const template = textAt(name, args, 0);
  let used = 0;
  const text = template.replace(/\\([{}])|\{\}/g, (_, escaped: string | undefined) => {
    if (escaped !== undefined) return escaped;
    const value = args[++used];
    if (value === undefined) throw placeholders(name);
    // AWS writes objects and lists as Java's maps and lists write themselves.
    return javaText(value);
  });
  if (used !== args.length - 1) throw placeholders(name);
  return text;
};

function placeholders(name: string): Error {
  return intrinsicFailure(
    name,
    'The number of placeholders does not match the number of arguments',
  );
}

/** `States.StringSplit(text, delimiters)`: each character is a delimiter; empty parts are dropped. */
export const stringSplit: Intrinsic = (args) => {
  const name = 'States.StringSplit';
  const text = textAt(name, args, 0);
  const delimiters = new Set(textAt(name, args, 1));
  if (delimiters.size === 0) return [text];
  const parts: string[] = [];
  let part = '';
  for (const char of text) {
    if (!delimiters.has(char)) part += char;
    else if (part !== '') {
      parts.push(part);
      part = '';
    }
  }
  return part === '' ? parts : [...parts, part];
};

/** `States.UUID()`, a random one of version 4. */
export const uuid: Intrinsic = (_, chance) => chance.uuid();
