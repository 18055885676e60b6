import { type Node, textOf, valueAt } from './document/node.ts';

/** A parameter, and the text that is its value. */
interface Declared {
  readonly name: string;
  readonly type: string;
  readonly declared: Node;
  readonly text: string;
}

/** What the constraints of a parameter say against its value; undefined where they take it. */
export function constraintFailure(parameter: Declared): string | undefined {
  const { type, text } = parameter;
  const values = isList(type) ? text.split(',').map((item) => item.trim()) : [text];
  for (const value of values) {
    const failure =
      numberFailure(parameter, value) ??
      allowedFailure(parameter, value) ??
      lengthFailure(parameter, value);
    if (failure !== undefined) return failure;
  }
  return undefined;
}

function numberFailure({ name, type, declared }: Declared, value: string): string | undefined {
  if (type !== 'Number' && type !== 'List<Number>') return undefined;
  if (value.trim() === '' || !Number.isFinite(Number(value))) {
    return `Parameter ${name} must be a number, not ${JSON.stringify(value)}`;
  }
  const min = numberAt(declared, 'MinValue');
  const max = numberAt(declared, 'MaxValue');
  if (min !== undefined && Number(value) < min)
    return `Parameter ${name} must be ${min} or more, not ${value}`;
  if (max !== undefined && Number(value) > max)
    return `Parameter ${name} must be ${max} or less, not ${value}`;
  return undefined;
}

function allowedFailure({ name, declared }: Declared, value: string): string | undefined {
  const allowed = valueAt(declared, 'AllowedValues');
  const texts =
    allowed?.kind === 'list' ? allowed.items.map((item) => textOf(item) ?? '') : undefined;
  if (texts !== undefined && !texts.includes(value)) {
    return `Parameter ${name} must be one of ${texts.join(', ')}, not ${value}`;
  }
  const pattern = textOf(valueAt(declared, 'AllowedPattern'));
  // AWS: the pattern must match the entire value.
  if (pattern !== undefined && patternOf(pattern)?.test(value) === false) {
    return `Parameter ${name} must match the pattern ${pattern}, and ${JSON.stringify(value)} does not`;
  }
  if (pattern !== undefined && patternOf(pattern) === undefined) {
    return `Parameter ${name} has an AllowedPattern that is no regular expression: ${pattern}`;
  }
  return undefined;
}

function patternOf(pattern: string): RegExp | undefined {
  try {
    return new RegExp(`^(?:${pattern})$`);
  } catch {
    return undefined;
  }
}

function lengthFailure({ name, type, declared }: Declared, value: string): string | undefined {
  if (type !== 'String') return undefined;
  const min = numberAt(declared, 'MinLength');
  const max = numberAt(declared, 'MaxLength');
  if (min !== undefined && value.length < min)
    return `Parameter ${name} must have ${min} characters or more`;
  if (max !== undefined && value.length > max)
    return `Parameter ${name} must have ${max} characters or fewer`;
  return undefined;
}

function numberAt(declared: Node, key: string): number | undefined {
  const text = textOf(valueAt(declared, key));
  return text === undefined ? undefined : Number(text);
}

/** Returns whether a parameter's type is a list. */
export function isList(type: string): boolean {
  return type === 'CommaDelimitedList' || type.startsWith('List<');
}
