import { nearest } from '../core/nearest.ts';
import type { NodePlace } from './document/node.ts';
import { type MapEntry, type MapNode, type Node, textOf, valueAt } from './document/node.ts';
import type { Report } from './report.ts';

/** A template taken apart into its sections, with its functions still to be evaluated. */
export interface Template {
  readonly place: NodePlace;
  readonly languageExtensions: boolean;
  readonly parameters: readonly MapEntry[];
  readonly mappings: readonly MapEntry[];
  readonly conditions: readonly MapEntry[];
  readonly rules: readonly MapEntry[];
  readonly globals: readonly MapEntry[];
  readonly resources: readonly Resource[];
  readonly outputs: readonly MapEntry[];
}

/** A resource as the template declares it, or as SAM generates it. */
export interface Resource {
  readonly logicalId: string;
  readonly type: string;
  readonly condition: string | undefined;
  readonly properties: MapNode;
  readonly metadata: Node | undefined;
  readonly dependsOn: Node | undefined;
  readonly ignoreGlobals: Node | undefined;
  /** Connectors of SAM's from this resource to others. */
  readonly connectors: Node | undefined;
  readonly place: NodePlace;
  readonly typePlace: NodePlace;
}

const SECTIONS = [
  'AWSTemplateFormatVersion',
  'Conditions',
  'Description',
  'Globals',
  'Mappings',
  'Metadata',
  'Outputs',
  'Parameters',
  'Resources',
  'Rules',
  'Transform',
];

/** Attributes of a resource besides its properties; the last ones do nothing in a rehearsal. */
const ATTRIBUTES = [
  'Type',
  'Properties',
  'Condition',
  'Connectors',
  'CreationPolicy',
  'Description',
  'Metadata',
  'DependsOn',
  'IgnoreGlobals',
  'DeletionPolicy',
  'UpdateReplacePolicy',
  'UpdatePolicy',
  'Version',
];

const SAM = 'AWS::Serverless-2016-10-31';
const EXTENSIONS = 'AWS::LanguageExtensions';
/** Makes the functions that rotate secrets; here nothing rotates them. */
const SECRETS = 'AWS::SecretsManager-2020-07-23';

/** Takes a template apart; undefined when it is no map at all. */
export function readSections(root: Node, report: Report): Template | undefined {
  if (root.kind !== 'map') {
    report.at(root.place, 'A template is a map with a Resources section');
    return undefined;
  }
  for (const { key, place } of root.entries) {
    if (!SECTIONS.includes(key)) report.unknownSection(place, key, SECTIONS);
  }
  if (valueAt(root, 'Resources') === undefined) {
    report.at(root.place, 'A template needs a Resources section');
  }
  const transforms = readTransforms(valueAt(root, 'Transform'), report);
  const resources = section(root, 'Resources', report).flatMap(
    (entry) => readResource(entry, report) ?? [],
  );
  for (const { type, place } of resources) {
    if (type.startsWith('AWS::Serverless::') && !transforms.includes(SAM)) {
      const message = `${type} needs the SAM transform: write Transform: ${SAM}`;
      // The SAM CLI takes it on this machine, and CloudFormation does not.
      report.unrehearsed(
        place,
        { kind: 'property', subject: 'the missing SAM transform' },
        message,
      );
      break;
    }
  }
  return {
    place: root.place,
    languageExtensions: transforms.includes(EXTENSIONS),
    parameters: section(root, 'Parameters', report),
    mappings: section(root, 'Mappings', report),
    conditions: section(root, 'Conditions', report),
    rules: section(root, 'Rules', report),
    globals: section(root, 'Globals', report),
    resources,
    outputs: section(root, 'Outputs', report),
  };
}

function section(root: Node, name: string, report: Report): readonly MapEntry[] {
  const node = valueAt(root, name);
  if (node === undefined || node.kind === 'broken') return [];
  // The SAM CLI takes a section without anything in it.
  if (node.kind === 'scalar' && node.value === null) return [];
  if (node.kind === 'map') return node.entries;
  report.at(node.place, `${name} is a map of names`);
  return [];
}

function readTransforms(node: Node | undefined, report: Report): readonly string[] {
  if (node === undefined) return [];
  const items = node.kind === 'list' ? node.items : [node];
  return items.flatMap((item) => {
    const name = textOf(item);
    if (name === SAM || name === EXTENSIONS || name === SECRETS) return [name];
    const message = `The rehearsal runs no transform ${name ?? 'of this kind'}`;
    const remark = { kind: 'property', subject: `transform ${name ?? 'of its own'}` } as const;
    report.unrehearsed(
      item.place,
      remark,
      message,
      nearest(name ?? '', [SAM, EXTENSIONS, SECRETS]),
    );
    return [];
  });
}

function readResource(entry: MapEntry, report: Report): Resource | undefined {
  const { key: logicalId, value, place } = entry;
  if (value.kind === 'broken') return undefined;
  // A loop of the language extensions stands where a resource would.
  if (logicalId.startsWith('Fn::') || value.kind !== 'map') {
    report.at(place, `${logicalId} must be a resource: a map with a Type`);
    return undefined;
  }
  if (!/^[A-Za-z0-9]+$/.test(logicalId)) {
    report.at(place, `Logical id ${logicalId} may hold letters and digits only`);
  }
  const type = textOf(valueAt(value, 'Type'));
  for (const attribute of value.entries) {
    if (!ATTRIBUTES.includes(attribute.key)) checkAttribute(logicalId, type, attribute, report);
  }
  const properties = valueAt(value, 'Properties') ?? { kind: 'map', entries: [], place };
  if (type === undefined || properties.kind !== 'map') {
    report.at(
      place,
      `${logicalId} needs a Type${type === undefined ? '' : ', and Properties as a map'}`,
    );
    return undefined;
  }
  return {
    logicalId,
    type,
    condition: textOf(valueAt(value, 'Condition')),
    properties,
    metadata: valueAt(value, 'Metadata'),
    dependsOn: valueAt(value, 'DependsOn'),
    ignoreGlobals: valueAt(value, 'IgnoreGlobals'),
    connectors: valueAt(value, 'Connectors'),
    place,
    typePlace: valueAt(value, 'Type')?.place ?? place,
  };
}

/** CloudFormation refuses an attribute that it does not know; of its own resources SAM leaves such out. */
function checkAttribute(
  logicalId: string,
  type: string | undefined,
  { key, place }: MapEntry,
  report: Report,
): void {
  const message = `${logicalId}: the rehearsal knows no resource attribute ${key}`;
  const subject = `attribute ${key} of ${type ?? 'a resource'}`;
  if (type?.startsWith('AWS::Serverless::')) {
    report.unrehearsed(place, { kind: 'property', subject }, message, nearest(key, ATTRIBUTES));
  } else report.unknown(place, message, key, ATTRIBUTES);
}
