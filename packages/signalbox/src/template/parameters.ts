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
import { madeUpValue } from './made-up-value.ts';
import { constraintFailure, isList } from './parameter-constraints.ts';
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

const SSM_VALUE = 'AWS::SSM::Parameter::Value';

const TYPES = ['String', 'Number', 'List<Number>', 'CommaDelimitedList'];

/** Values that a template's parameters are given from outside. */
export interface GivenParameters {
  /** By name; undefined where the value's problem is reported. */
  readonly values: ReadonlyMap<string, string | undefined>;
  /** The template, for messages. */
  readonly template: string;
  /** The way to give a value, such as `name it in parameter_overrides`. */
  readonly remedy: string;
  /** Whether other templates may have the parameters that this one has not. */
  readonly isForOthersToo?: boolean;
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
    if (names.includes(name) || given.isForOthersToo === true) continue;
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
  if (type.startsWith(SSM_VALUE)) return storedParameter(entry, type, given, report);
  if (!isKnownType(type)) {
    const typePlace = valueAt(declared, 'Type')?.place ?? place;
    report.unknown(typePlace, typeMessage(name, type), type, TYPES);
    return broken;
  }
  return givenValue(entry, type, given, report);
}

/** The value that is given or declared, held to the constraints. */
function givenValue(
  { key: name, place, value: declared }: MapEntry,
  type: string,
  given: GivenParameters,
  report: Report,
): Node {
  const broken: Node = { kind: 'broken', place };
  if (given.values.has(name) && given.values.get(name) === undefined) return broken;
  const text = given.values.get(name) ?? textOf(valueAt(declared, 'Default'));
  if (text === undefined) {
    const message = `Parameter ${name} needs a value: give a Default, or ${given.remedy}`;
    const remark = { kind: 'value', subject: `parameter ${name}` } as const;
    if (!report.unrehearsed(place, remark, message)) return broken;
    return valueNode(type, madeUpValue(name, declared), place);
  }
  const failure = constraintFailure({ name, type, declared, text });
  if (failure !== undefined) {
    const description = textOf(valueAt(declared, 'ConstraintDescription'));
    report.at(place, description === undefined ? failure : `${failure} (${description})`);
    return broken;
  }
  return valueNode(type, text, place);
}

/** A parameter that names one of the Parameter Store: its value is made up of the name. */
function storedParameter(
  { key: name, place, value: declared }: MapEntry,
  type: string,
  { values }: GivenParameters,
  report: Report,
): Node {
  const remark = { kind: 'value', subject: `${name} of the Parameter Store` } as const;
  const broken: Node = { kind: 'broken', place };
  const message = typeMessage(name, type);
  if (!report.unrehearsed(valueAt(declared, 'Type')?.place ?? place, remark, message))
    return broken;
  const key = values.get(name) ?? textOf(valueAt(declared, 'Default')) ?? name;
  return valueNode(listOf(type), key.slice(key.lastIndexOf('/') + 1), place);
}

function isKnownType(type: string): boolean {
  return (
    TYPES.includes(type) ||
    type === 'AWS::SSM::Parameter::Name' ||
    /^(List<)?AWS::(EC2|Route53)::[\w:]+>?$/.test(type)
  );
}

function typeMessage(name: string, type: string): string {
  if (type.startsWith(SSM_VALUE)) {
    return `Parameter ${name}: the rehearsal reads no Parameter Store of the cloud, so it refuses type ${type}: take a String with a Default`;
  }
  return `Parameter ${name} needs a Type${type === '' ? '' : ` other than ${type}`}`;
}

/** `AWS::SSM::Parameter::Value<List<String>>` is a list. */
function listOf(type: string): string {
  return /List/.test(type) ? 'CommaDelimitedList' : 'String';
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
