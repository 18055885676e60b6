import { ownMember } from '../../core/names/own-member.ts';
import { nearest } from '../../core/nearest.ts';
import { type Node, textNode, textOf, valueAt } from '../document/node.ts';
import type { Report } from '../report.ts';
import type { Reading } from './resource-type.ts';

interface Substitutions {
  readonly values: Readonly<Record<string, string>>;
  /** Names that are given a value which is wrong, and reported where it stands. */
  readonly broken: ReadonlySet<string>;
}

/** Reads a state machine's definition, wherever it stands, with its substitutions made. */
export function readDefinition(reading: Reading): Node | undefined {
  const { properties } = reading;
  const given = ['Definition', 'DefinitionS3Location', 'DefinitionString'].filter((name) =>
    properties.has(name),
  );
  if (given.length !== 1) {
    properties.refuse('Definition', "specify either 'Definition' or 'DefinitionUri', and not both");
    return undefined;
  }
  const substitutions = readSubstitutions(reading);
  if (given[0] === 'DefinitionS3Location') return definitionFile(reading, substitutions);
  const node = properties.node('Definition') ?? definitionString(reading, substitutions);
  const substituted = node && substituteIn(node, substitutions);
  if (substituted !== undefined) reportUnresolved(substituted, substitutions, reading.report);
  return substituted;
}

function readSubstitutions({ properties }: Reading): Substitutions {
  const values = properties.record('DefinitionSubstitutions');
  const node = properties.node('DefinitionSubstitutions');
  const names = node?.kind === 'map' ? node.entries.map(({ key }) => key) : [];
  return { values, broken: new Set(names.filter((name) => !Object.hasOwn(values, name))) };
}

function definitionFile(reading: Reading, substitutions: Substitutions): Node | undefined {
  const { properties, files, report } = reading;
  const location = properties.node('DefinitionS3Location');
  if (location === undefined) return undefined;
  const file = fileOf(reading, location);
  const text = file === undefined ? undefined : files.read(file, location.place);
  if (file === undefined) return undefined;
  if (text === undefined) return undefined;
  // CloudFormation's handler substitutes in the file's text, and parses it then: as JSON, else as YAML.
  const substituted = substitute(text, substitutions);
  if (file.endsWith('.json') && reportUnresolvedText(substituted, file, substitutions, report)) {
    return undefined;
  }
  const root = files.documents.parse({ file, text: substituted, dialect: 'definition' }, report);
  if (root !== undefined) reportUnresolved(root, substitutions, report);
  return root;
}

/** A file of the project: as it is named, the asset of a bucket's key, or one whose name differs in case alone. */
function fileOf({ resource, files, report }: Reading, location: Node): string | undefined {
  const key = textOf(valueAt(location, 'Key'));
  const path = textOf(location);
  const { logicalId } = resource;
  if (key === undefined && path !== undefined && !path.startsWith('s3://')) {
    const file = files.relative(path);
    const other = files.isFile(file) ? undefined : files.inOtherCase(file);
    const remark = { kind: 'source', subject: `the case of ${file}` } as const;
    const message = `${file} cannot be read: did you mean ${other}?`;
    const isOther = other !== undefined && report.unrehearsed(location.place, remark, message);
    return isOther ? other : file;
  }
  const asset = key === undefined ? undefined : files.asset(key);
  if (asset !== undefined) return asset;
  const message = `${resource.type} ${logicalId}: the rehearsal reads DefinitionUri as a file of the project`;
  report.unrehearsed(
    location.place,
    { kind: 'source', subject: `definition of ${logicalId}` },
    message,
  );
  return undefined;
}

function definitionString(
  { properties, files, report }: Reading,
  substitutions: Substitutions,
): Node | undefined {
  const node = properties.node('DefinitionString');
  const text = properties.text('DefinitionString');
  if (node === undefined || text === undefined) return undefined;
  const { file } = node.place;
  const parsed = files.documents.parse(
    { file, text: substitute(text, substitutions), dialect: 'definition' },
    report,
  );
  return parsed && placedAt(parsed, node);
}

/** Everything of a definition inside a string stands at the string's place. */
function placedAt(node: Node, { place }: Node): Node {
  if (node.kind === 'list') {
    return { ...node, place, items: node.items.map((item) => placedAt(item, { ...item, place })) };
  }
  if (node.kind !== 'map') return { ...node, place };
  const entries = node.entries.map(({ key, value }) => ({
    key,
    place,
    value: placedAt(value, { ...value, place }),
  }));
  return { ...node, place, entries };
}

/** Replaces until nothing is left to replace, as CloudFormation does, but not for ever. */
function substitute(text: string, substitutions: Substitutions): string {
  let current = text;
  for (let round = 0; round < 10; round += 1) {
    const next = current.replace(
      /\$\{([^{}]*)\}/g,
      (whole, name: string) => ownMember(substitutions.values, name) ?? whole,
    );
    if (next === current) return next;
    current = next;
  }
  return current;
}

function substituteIn(node: Node, substitutions: Substitutions): Node {
  switch (node.kind) {
    case 'broken':
      return node;
    case 'scalar':
      return typeof node.value === 'string'
        ? textNode(substitute(node.value, substitutions), node.place)
        : node;
    case 'list':
      return { ...node, items: node.items.map((item) => substituteIn(item, substitutions)) };
    case 'map':
      return {
        ...node,
        entries: node.entries.map(({ key, place, value }) => ({
          key: substitute(key, substitutions),
          place,
          value: substituteIn(value, substitutions),
        })),
      };
  }
}

const PLACEHOLDER = /\$\{([A-Za-z0-9_]+)\}/g;

function reportUnresolved(node: Node, substitutions: Substitutions, report: Report): void {
  if (node.kind === 'scalar' && typeof node.value === 'string') {
    reportIn(node.value, node.place, substitutions, report);
  } else if (node.kind === 'list') {
    for (const item of node.items) reportUnresolved(item, substitutions, report);
  } else if (node.kind === 'map') {
    for (const { key, place, value } of node.entries) {
      reportIn(key, place, substitutions, report);
      reportUnresolved(value, substitutions, report);
    }
  }
}

function reportUnresolvedText(
  text: string,
  file: string,
  substitutions: Substitutions,
  report: Report,
): boolean {
  const lines = text.split('\n').entries();
  let isUnresolved = false;
  for (const [index, line] of lines) {
    isUnresolved = reportIn(line, { file, line: index + 1 }, substitutions, report) || isUnresolved;
  }
  return isUnresolved;
}

function reportIn(
  text: string,
  place: { readonly file: string; readonly line: number },
  substitutions: Substitutions,
  report: Report,
): boolean {
  const names = [...text.matchAll(PLACEHOLDER)].map((match) => match[1] ?? '');
  let isRefused = false;
  for (const name of names) {
    if (substitutions.broken.has(name)) {
      isRefused = true;
      continue;
    }
    const suggestion = nearest(name, Object.keys(substitutions.values));
    const hint =
      suggestion === undefined
        ? 'give it in the DefinitionSubstitutions of the state machine'
        : `did you mean ${suggestion}?`;
    const message = `\${${name}} has no substitution: ${hint}`;
    const remark = { kind: 'value', subject: `\${${name}}` } as const;
    isRefused = !report.unrehearsed(place, remark, message) || isRefused;
  }
  return isRefused;
}
