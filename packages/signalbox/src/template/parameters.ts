import { setOwnMember } from '../core/names/own-member.ts';
import type { SourcePlace } from './app.ts';
import {
  listNode,
  type MapEntry,
  type Node,
  type NodePlace,
  type ScalarNode,
  textNode,
  textOf,
  valueAt,
} from './document/node.ts';
import type { Report } from './report.ts';

/** The values that a template's parameters have. */
export interface ParameterValues {
  readonly nodes: ReadonlyMap<string, Node>;
  /** As DescribeStacks shows them: `****` for NoEcho. */
  readonly texts: Readonly<Record<string, string>>;
}

const KEYS = [
  'AllowedPattern',
  'AllowedValues',
  'ConstraintDescription',
  'Default',
  'Description',
  'MaxLength',
  'MaxValue',
  'MinLength',
  'MinValue',
  'NoEcho',
  'Type',
];

const TYPES = ['String', 'Number', 'List<Number>', 'CommaDelimitedList'];

/** Values that a template's parameters are given from outside. */
export interface GivenParameters {
  /** By name; undefined where the value's problem is reported. */
  readonly values: ReadonlyMap<string, string | undefined>;
  /** The template, for messages. */
  readonly template: string;
  /** The way to give a value, such as `name it in parameter_overrides`. */
  readonly remedy: string;
  /** Returns the place where a value is given. */
  placeOf(name: string): SourcePlace;
}

/** Reads the Parameters section and checks each value as CloudFormation does. */
export function readParameters(
  entries: readonly MapEntry[],
  given: GivenParameters,
  report: Report,
): ParameterValues {
  const nodes = new Map<string, Node>();
  const texts: Record<string, string> = {};
  for (const entry of entries) {
    const node = readParameter(entry, given, report);
    nodes.set(entry.key, node);
    const isSecret = textOf(valueAt(entry.value, 'NoEcho')) === 'true';
    setOwnMember(texts, entry.key, isSecret ? '****' : shownText(node));
  }
  const names = entries.map(({ key }) => key);
  for (const name of given.values.keys()) {
    if (names.includes(name)) continue;
    const message = `Parameter ${name} has a value but is not in ${given.template}`;
    report.missing(given.placeOf(name), message, name, names);
  }
  return { nodes, texts };
}

function shownText(node: Node): string {
  return node.kind === 'list'
    ? node.items.map((item) => textOf(item) ?? '').join(',')
    : (textOf(node) ?? '');
}

function readParameter(entry: MapEntry, given: GivenParameters, report: Report): Node {
  const { key: name, place, value: declared } = entry;
  const broken: Node = { kind: 'broken', place };
  if (declared.kind !== 'map') {
    report.at(place, `Parameter ${name} must be a map with a Type`);
    return broken;
  }
  for (const { key, place: keyPlace } of declared.entries) {
    if (!KEYS.includes(key)) report.unknown(keyPlace, `A parameter has no ${key}`, key, KEYS);
  }
  const type = textOf(valueAt(declared, 'Type')) ?? '';
  if (!isKnownType(type)) {
    const typePlace = valueAt(declared, 'Type')?.place ?? place;
    report.unknown(typePlace, typeMessage(name, type), type, TYPES);
    return broken;
  }
  if (given.values.has(name) && given.values.get(name) === undefined) return broken;
  const text = given.values.get(name) ?? textOf(valueAt(declared, 'Default'));
  if (text === undefined) {
    report.at(place, `Parameter ${name} needs a value: give a Default, or ${given.remedy}`);
    return broken;
  }
  const failure = constraintFailure({ name, type, declared, text });
  if (failure !== undefined) {
    const description = textOf(valueAt(declared, 'ConstraintDescription'));
    report.at(place, description === undefined ? failure : `${failure} (${description})`);
    return broken;
  }
  return valueNode(type, text, place);
}

function isKnownType(type: string): boolean {
  return (
    TYPES.includes(type) ||
    type === 'AWS::SSM::Parameter::Name' ||
    /^(List<)?AWS::(EC2|Route53)::[\w:]+>?$/.test(type)
  );
}

function typeMessage(name: string, type: string): string {
  if (type.startsWith('AWS::SSM::Parameter::Value')) {
    return `Parameter ${name}: the rehearsal reads no Parameter Store of the cloud, so it refuses type ${type}: take a String with a Default`;
  }
  return `Parameter ${name} needs a Type${type === '' ? '' : ` other than ${type}`}`;
}

function isList(type: string): boolean {
  return type === 'CommaDelimitedList' || type.startsWith('List<');
}

function valueNode(type: string, text: string, place: NodePlace): Node {
  if (type === 'Number') return numberNode(text, place);
  if (!isList(type)) return textNode(text, place);
  const texts = text === '' ? [] : text.split(',').map((item) => item.trim());
  return listNode(
    texts.map((item) =>
      type === 'List<Number>' ? numberNode(item, place) : textNode(item, place),
    ),
    place,
  );
}

function numberNode(text: string, place: NodePlace): ScalarNode {
  return { kind: 'scalar', value: Number(text), text, place };
}

interface Declared {
  readonly name: string;
  readonly type: string;
  readonly declared: Node;
  readonly text: string;
}

function constraintFailure(parameter: Declared): string | undefined {
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
